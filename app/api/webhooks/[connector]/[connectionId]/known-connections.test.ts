import { describe, expect, it } from "vitest";
import { KnownConnections } from "./known-connections.ts";

function loader(answers: (string | null)[]) {
  let asked = 0;
  return { load: async () => answers[asked++] ?? null, asked: () => asked };
}

describe("connections that the webhook route knows", () => {
  it("are asked for once a minute", async () => {
    const known = new KnownConnections<string>();
    const { load, asked } = loader(["first", "second"]);
    expect(await known.find("a", { now: 0, load })).toBe("first");
    expect(await known.find("a", { now: 59_999, load })).toBe("first");
    expect(asked()).toBe(1);
    expect(await known.find("a", { now: 60_000, load })).toBe("second");
  });

  it("are asked for again when they were not there: one that is made now is found now", async () => {
    const known = new KnownConnections<string>();
    const { load } = loader([null, "made"]);
    expect(await known.find("a", { now: 0, load })).toBeNull();
    expect(await known.find("a", { now: 1, load })).toBe("made");
  });

  it("are asked for again once they are forgotten", async () => {
    const known = new KnownConnections<string>();
    const { load, asked } = loader(["old", "new"]);
    await known.find("a", { now: 0, load });
    known.forget("a");
    expect([await known.find("a", { now: 1, load }), asked()]).toEqual(["new", 2]);
  });

  it("are asked for again when what is kept does not verify: a secret that was replaced counts at once", async () => {
    const known = new KnownConnections<string>();
    const { load, asked } = loader(["old secret", "new secret"]);
    const signedWith = (secret: string) => async (kept: string) => ({ ok: kept === secret });
    const at = (now: number, secret: string) => known.verify("a", { now, load, verify: signedWith(secret) });
    expect(await at(0, "old secret")).toEqual({ known: "old secret", verification: { ok: true } });
    expect(await at(1, "new secret")).toEqual({ known: "new secret", verification: { ok: true } });
    expect(await at(2, "new secret")).toMatchObject({ verification: { ok: true } });
    expect(asked()).toBe(2);
  });

  it("are asked for once when they are new, and twice when they are not, by somebody who cannot sign", async () => {
    const known = new KnownConnections<string>();
    const { load, asked } = loader(["secret", "secret", null]);
    const verify = async () => ({ ok: false });
    expect(await known.verify("a", { now: 0, load, verify })).toMatchObject({ verification: { ok: false } });
    expect(asked()).toBe(1);
    expect(await known.verify("a", { now: 1, load, verify })).toMatchObject({ verification: { ok: false } });
    expect(asked()).toBe(2);
    expect(await known.verify("a", { now: 2, load, verify })).toBeNull();
  });

  it("are a thousand at most: the one that was not asked for longest goes", async () => {
    const known = new KnownConnections<string>();
    for (let n = 0; n <= 1_000; n++) await known.find(`${n}`, { now: 0, load: async () => `${n}` });
    const { load, asked } = loader(["again"]);
    expect(await known.find("1000", { now: 1, load })).toBe("1000");
    expect(await known.find("0", { now: 1, load })).toBe("again");
    expect(asked()).toBe(1);
  });
});
