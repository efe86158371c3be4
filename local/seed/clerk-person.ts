import { z } from "zod";

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

  /** A token for Convex, in one of the person's organizations. */
  async token(organizationId: string): Promise<string> {
    const { response } = sessionsSchema.parse(await this.#send("/v1/client", { method: "GET" }));
    const path = `/v1/client/sessions/${response.last_active_session_id}/tokens`;
    return tokenSchema.parse(await this.post(path, { organization_id: organizationId })).jwt;
  }

  async signOut(): Promise<void> {
    await this.post("/v1/client/sessions?_method=DELETE");
  }

  async post(path: string, form: Record<string, string> = {}): Promise<unknown> {
    return this.#send(path, { method: "POST", body: new URLSearchParams(form) });
  }

  async #send(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(this.#url + path, { ...init, headers: { cookie: this.#cookie } });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(";")[0] ?? "";
    if (!response.ok) throw new Error(`Clerk answered ${path} with ${response.status}: ${await response.text()}`);
    return response.json();
  }
}
