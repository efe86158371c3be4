import type { Clock } from "../kit/clock.ts";
import type { JsonFile } from "../kit/json-file.ts";
import { notFound } from "./errors.ts";
import { emptyState, stateSchema, type Email, type Membership, type State } from "./state.ts";

type EventListener = (type: string, payload: unknown) => void;

const EMAIL_LIMIT = 200;

/**
 * The emulator's memory: plain records in arrays, changed in place by the functions beside this file. Whoever changes something calls
 * `changed()`, which writes the state to disk, and `emit()` when Clerk would send a webhook for it.
 */
export class ClerkStore {
  readonly clock: Clock;
  readonly #file: JsonFile;
  #state: State;
  #listener: EventListener = () => {};

  /** Reads the state back from the file; throws when the file holds something else. */
  constructor({ clock, file }: { clock: Clock; file: JsonFile }) {
    this.clock = clock;
    this.#file = file;
    const stored = file.load();
    this.#state = stored === undefined ? emptyState() : stateSchema.parse(stored);
  }

  get state(): State {
    return this.#state;
  }

  now(): number {
    return this.clock.now();
  }

  /** Names the one who turns events into webhooks. */
  listen(listener: EventListener): void {
    this.#listener = listener;
  }

  emit(type: string, payload: unknown): void {
    this.#listener(type, payload);
  }

  /** Runs `work` without telling anybody of what it does. */
  silently(work: () => void): void {
    const listener = this.#listener;
    this.#listener = () => {};
    try {
      work();
    } finally {
      this.#listener = listener;
    }
  }

  changed(): void {
    this.#file.save(() => this.#state);
  }

  /** Writes what is waiting to be written. */
  flush(): void {
    this.#file.flush();
  }

  clear(): void {
    this.#state = emptyState();
    this.changed();
  }

  /** Puts a mail into the outbox, where `/_inspect` shows it. */
  mail(email: Omit<Email, "at">): void {
    this.#state.emails = [...this.#state.emails, { at: this.now(), ...email }].slice(-EMAIL_LIMIT);
    this.changed();
  }

  findUser(id: string | null) {
    return this.#state.users.find((user) => user.id === id);
  }

  requireUser(id: string | null) {
    const user = this.findUser(id);
    if (!user) throw notFound("user");
    return user;
  }

  findUserByEmail(email: string) {
    const wanted = email.trim().toLowerCase();
    return this.#state.users.find((user) => user.email === wanted);
  }

  /** By id or slug, as every endpoint of Clerk accepts both. */
  findOrganization(idOrSlug: string | null) {
    return this.#state.organizations.find(
      (organization) => organization.id === idOrSlug || organization.slug === idOrSlug,
    );
  }

  requireOrganization(idOrSlug: string | null) {
    const organization = this.findOrganization(idOrSlug);
    if (!organization) throw notFound("organization");
    return organization;
  }

  findMembership(organizationId: string | null, userId: string) {
    return this.#state.memberships.find((row) => row.organizationId === organizationId && row.userId === userId);
  }

  requireMembership(organizationId: string, userId: string) {
    const membership = this.findMembership(organizationId, userId);
    if (!membership) throw notFound("organization membership");
    return membership;
  }

  membershipsOfUser(userId: string): Membership[] {
    return this.#state.memberships.filter((membership) => membership.userId === userId);
  }

  membershipsOfOrganization(organizationId: string): Membership[] {
    return this.#state.memberships.filter((membership) => membership.organizationId === organizationId);
  }
}
