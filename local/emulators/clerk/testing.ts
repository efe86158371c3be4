import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManualClock } from "../kit/clock.ts";
import { startClerkEmulator } from "./clerk.ts";
import type { ClerkSeed } from "./seed.ts";

/** Two tenants with people in every role; what the tests of this folder start from. */
export const TEST_SEED: ClerkSeed = {
  users: [
    { id: "user_olga", email: "olga@acme.test", password: "olga-long-secret", firstName: "Olga", lastName: "Dias" },
    { id: "user_adam", email: "adam@acme.test", password: "adam-long-secret" },
    { id: "user_sara", email: "sara@acme.test", password: "sara-long-secret" },
    { id: "user_vera", email: "vera@acme.test", password: "vera-long-secret" },
    { id: "user_gil", email: "gil@globex.test", password: "gil-long-secret" },
  ],
  organizations: [
    {
      id: "org_acme",
      name: "Acme",
      slug: "acme",
      members: [
        { userId: "user_olga", role: "org:owner" },
        { userId: "user_adam", role: "org:admin" },
        { userId: "user_sara", role: "org:sdr" },
        { userId: "user_vera", role: "org:viewer" },
      ],
    },
    {
      id: "org_globex",
      name: "Globex",
      slug: "globex",
      members: [
        { userId: "user_gil", role: "org:owner" },
        { userId: "user_olga", role: "org:sdr" },
      ],
    },
  ],
};

export const TEST_SECRET_KEY = "sk_test_emulator";
export const TEST_SIGNING_SECRET = `whsec_${Buffer.from("a secret of the tests only").toString("base64")}`;

/** A seeded emulator on a free port, its state in a folder of its own unless `directory` names an earlier one. */
export async function startTestClerk({
  directory = mkdtempSync(join(tmpdir(), "clerk-")),
  webhookUrls = [],
  clock = new ManualClock(Date.now()),
  port = 0,
}: { directory?: string; webhookUrls?: string[]; clock?: ManualClock; port?: number } = {}) {
  const started = await startClerkEmulator({
    port,
    directory,
    webhookUrls,
    clock,
    signingSecret: TEST_SIGNING_SECRET,
    secretKey: TEST_SECRET_KEY,
  });
  started.emulator.seed(TEST_SEED);
  return { ...started, directory, clock };
}

type Fields = Record<string, string | readonly string[]>;

/** A browser as the Frontend API sees one: keeps cookies, posts forms, says PATCH and DELETE in the query as clerk-js does. */
export class TestBrowser {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  get cookieNames(): string[] {
    return [...this.#cookies.keys()];
  }

  get(path: string) {
    return this.#send({ path, method: "GET" });
  }

  post(path: string, fields: Fields = {}) {
    return this.#send({ path, method: "POST", fields });
  }

  patch(path: string, fields: Fields) {
    return this.#send({ path: withMethod(path, "PATCH"), method: "POST", fields });
  }

  delete(path: string) {
    return this.#send({ path: withMethod(path, "DELETE"), method: "POST", fields: {} });
  }

  /** Signs in by password; the answer's status is 200 and its `response.status` `complete` when that worked. */
  async signIn(email: string, password: string) {
    return this.post("/v1/client/sign_ins", { strategy: "password", identifier: email, password });
  }

  /** The session token's claims, asked for as clerk-js does. */
  async claims(): Promise<Record<string, unknown>> {
    const { body } = await this.get("/v1/client");
    const { jwt } = (await this.post(`/v1/client/sessions/${body.response.last_active_session_id}/tokens`)).body;
    return JSON.parse(Buffer.from(String(jwt).split(".")[1] ?? "", "base64url").toString());
  }

  async #send({ path, method, fields }: { path: string; method: string; fields?: Fields }) {
    const response = await fetch(this.#url + path, {
      method,
      redirect: "manual",
      headers: {
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        "clerk-proxy-url": "http://127.0.0.1:3000/__clerk",
      },
      ...(fields && { body: toForm(fields) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
      this.#cookies.set(name, value);
    }
    const text = await response.text();
    // Tests read answers freely; what they hold is what they assert.
    const body = text ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, body, code: body.errors?.[0]?.code };
  }
}

function withMethod(path: string, method: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}_method=${method}`;
}

function toForm(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((item) => [name, item])),
  );
}
