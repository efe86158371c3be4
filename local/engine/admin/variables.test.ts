import { describe, expect, onTestFinished, test } from "vitest";
import { Store } from "../store/store.ts";
import { ManualClock, NOON } from "../store/testing.ts";
import { Variables } from "./variables.ts";

const GIVEN: Readonly<Record<string, string>> = { GIVEN: "at start", GOING: "soon" };
const done = async () => undefined;

function openStore(options: { maxPages?: number } = {}): Store {
  const store = new Store({ file: ":memory:", clock: new ManualClock(NOON), ...options });
  onTestFinished(() => store.close());
  return store;
}

/** As an engine has them that starts on this store. */
function load(store: Store): Variables {
  const variables = new Variables({ given: (name) => GIVEN[name], givenNames: Object.keys(GIVEN) });
  variables.load(store);
  return variables;
}

const list = (store: Store, variables = load(store)) =>
  Object.fromEntries(store.read((tx) => variables.list(tx)).map(({ name, value }) => [name, value]));

describe("variables", () => {
  test("are those that were given, with what was changed over them, now and at the next start", async () => {
    const store = openStore();
    const variables = load(store);
    const changes = [
      { name: "GIVEN", value: "changed" },
      { name: "GOING", value: null },
      { name: "NEW", value: "" },
    ];
    await variables.change(store, changes, done);
    for (const each of [variables, load(store)]) {
      expect(list(store, each)).toEqual({ GIVEN: "changed", NEW: "" });
      expect(["GIVEN", "GOING", "NEW", "OTHER"].map((name) => each.get(name))).toEqual([
        "changed",
        undefined,
        "",
        undefined,
      ]);
      expect(each.names().toSorted()).toEqual(["GIVEN", "GOING", "NEW"]);
    }
  });

  test("that are taken away and given back are as they were set last", async () => {
    const store = openStore();
    const variables = load(store);
    for (const value of ["one", null, "two"]) await variables.change(store, [{ name: "N", value }], done);
    expect(list(store)).toMatchObject({ N: "two" });
  });
});

describe("a change", () => {
  test("is seen by what applies it, and is not in the store before that went well", async () => {
    const store = openStore();
    const variables = load(store);
    const seen: unknown[] = [];
    await variables.change(store, [{ name: "NEW", value: "1" }], async () => {
      // Whoever is killed here must be able to start again.
      seen.push(variables.get("NEW"), load(store).get("NEW"));
    });
    expect(seen).toEqual(["1", undefined]);
    expect(load(store).get("NEW")).toBe("1");
  });

  test("that cannot be applied has not happened, and its reason goes on", async () => {
    const store = openStore();
    const variables = load(store);
    const commits: unknown[] = [];
    store.onCommit((commit) => commits.push(commit));
    const refused = variables.change(store, [{ name: "GIVEN", value: "x" }], () => Promise.reject(new Error("no")));
    await expect(refused).rejects.toThrow("no");
    expect([list(store, variables), list(store), commits]).toEqual([GIVEN, GIVEN, []]);
  });

  test("that cannot be kept is taken back from who had it applied", async () => {
    const store = openStore({ maxPages: 100 });
    const variables = load(store);
    const applied: unknown[] = [];
    const apply = async () => void applied.push(variables.get("N0")?.length);
    const changes = Array.from({ length: 100 }, (_, n) => ({ name: `N${n}`, value: "x".repeat(8_000) }));
    await expect(variables.change(store, changes, apply)).rejects.toThrow("full");
    expect([applied, list(store, variables), list(store)]).toEqual([[8_000, undefined], GIVEN, GIVEN]);
  });
});
