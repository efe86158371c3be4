import { z } from "zod";
import { TEST_CODE } from "../emulators/clerk/verification.ts";

const createdSchema = z.object({ response: z.object({ id: z.string() }) });
const sessionsSchema = z.object({ response: z.object({ last_active_session_id: z.string() }) });
const tokenSchema = z.object({ jwt: z.string() });

/**
 * Somebody who is signed in to Clerk, as Clerk's Frontend API sees a browser: one cookie, forms, and tokens of a minute.
 * Every method throws when Clerk refuses.
 */
export class ClerkPerson {
  readonly #url: string;
  #cookie = "";

  private constructor(url: string) {
    this.#url = url;
  }

  static async signIn(url: string, { email, password }: { email: string; password: string }): Promise<ClerkPerson> {
    const person = new ClerkPerson(url);
    await person.post("/v1/client/sign_ins", { strategy: "password", identifier: email, password });
    return person;
  }

  /** Makes an account, with the code that was mailed. */
  static async signUp(url: string, account: { email: string; password: string }): Promise<ClerkPerson> {
    const person = new ClerkPerson(url);
    const { email: email_address, password } = account;
    const id = createdSchema.parse(await person.post("/v1/client/sign_ups", { email_address, password })).response.id;
    const strategy = "email_code";
    await person.post(`/v1/client/sign_ups/${id}/prepare_verification`, { strategy });
    await person.post(`/v1/client/sign_ups/${id}/attempt_verification`, { strategy, code: TEST_CODE });
    return person;
  }

  /** Makes an account for the address that an invitation went to, and joins. */
  static async acceptInvitation(url: string, answer: { ticket: string; password: string }): Promise<ClerkPerson> {
    const person = new ClerkPerson(url);
    await person.post("/v1/client/sign_ups", { strategy: "ticket", ...answer });
    return person;
  }

  /** `name=value`: whoever shows it is this person's browser. */
  get cookie(): string {
    return this.#cookie;
  }

  /** Founds an organization, owns it, and answers its id. */
  async found(name: string): Promise<string> {
    return createdSchema.parse(await this.post("/v1/organizations", { name })).response.id;
  }

  /** Makes an organization the one that pages open with. */
  async choose(organizationId: string): Promise<void> {
    await this.post(`/v1/client/sessions/${await this.#sessionId()}/touch`, { active_organization_id: organizationId });
  }

  /** A token for Convex, in one of the person's organizations. */
  async token(organizationId: string): Promise<string> {
    const path = `/v1/client/sessions/${await this.#sessionId()}/tokens`;
    return tokenSchema.parse(await this.post(path, { organization_id: organizationId })).jwt;
  }

  async signOut(): Promise<void> {
    await this.post("/v1/client/sessions?_method=DELETE");
  }

  async post(path: string, form: Record<string, string> = {}): Promise<unknown> {
    return this.#send(path, { method: "POST", body: new URLSearchParams(form) });
  }

  async #sessionId(): Promise<string> {
    return sessionsSchema.parse(await this.#send("/v1/client", { method: "GET" })).response.last_active_session_id;
  }

  async #send(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(this.#url + path, { ...init, headers: { cookie: this.#cookie } });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(";")[0] ?? "";
    if (!response.ok) throw new Error(`Clerk answered ${path} with ${response.status}: ${await response.text()}`);
    return response.json();
  }
}
