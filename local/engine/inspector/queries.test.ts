import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { assertNoFaults, startTestWorld, type TestWorld } from "../testing/world.ts";
import type { JsonObject } from "../types.ts";
import {
  activityAnswer,
  documentAnswer,
  functionsAnswer,
  jobsAnswer,
  pageAnswer,
  tablesAnswer,
} from "./view/answers.ts";
import { scheduleText } from "./view/text.ts";

const TOLD = z.object({ value: z.string().optional(), errorMessage: z.string().optional() });
const ANSWER = z.object({ value: z.string() });
const FIRST = { component: "", table: "authors", index: "by_name", order: "asc", cursor: null, numItems: 2 };

let world: TestWorld;
let ana: string;
beforeAll(async () => {
  world = await startTestWorld("moving");
  for (const name of ["Rui", "Ana", "Eva"]) ana = z.string().parse(await world.call("blog:addAuthor", { name }));
  await world.call("blog:addPost", { author: "wrong", text: "x", likes: 0 }).catch(() => null);
  await world.call("blog:put", { shelf: "upper", text: "below" });
  await world.call("blog:later");
});
afterAll(async () => {
  assertNoFaults(world);
  await world.close();
});

function ask(name: string, args: JsonObject = {}, publicOnly = false) {
  const call = { component: "", path: `_system/inspector/${name}`, args, identity: null, publicOnly };
  return world.running.engine.runQuery(call);
}

const toldBy = (name: string, args: JsonObject, publicOnly = false) => TOLD.parse(ask(name, args, publicOnly));
const valueOf = (name: string, args: JsonObject = {}): unknown => JSON.parse(ANSWER.parse(ask(name, args)).value);

test.each(["tables", "documents", "document", "functions", "jobs", "activity"])(
  "%s tells nobody but an admin anything",
  (name) => {
    const { value, errorMessage } = toldBy(name, { ...FIRST, id: ana }, true);
    expect([value, errorMessage]).toEqual([undefined, expect.stringContaining("Unauthorized")]);
  },
);

test("tables of all components are told with their indexes and what they take, secret ones left out", () => {
  const components = tablesAnswer.parse(valueOf("tables"));
  expect(components.map(({ path }) => path)).toEqual(["", "upper", "lower"]);
  const names = components[0]?.tables.map(({ name }) => name);
  expect(names).toEqual(["_storage", "_scheduled_functions", "authors", "posts"]);
  const posts = components[0]?.tables.find(({ name }) => name === "posts");
  expect(posts?.indexes.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    "by_id ordered",
    "by_creation_time ordered",
    "by_author_and_likes ordered",
    "search search",
  ]);
  expect(posts?.validator).toContain('author: v.id("authors")');
});

describe("documents", () => {
  test("come in the order of the index that is asked for", () => {
    const ascending = pageAnswer.parse(valueOf("documents", FIRST));
    expect(ascending).toMatchObject({ page: [{ name: "Ana" }, { name: "Eva" }], isDone: false });
    expect(valueOf("documents", { ...FIRST, order: "desc" })).toMatchObject({
      page: [{ name: "Rui" }, { name: "Eva" }],
    });
  });

  test("of a component are its own", () => {
    const args = { ...FIRST, component: "upper", table: "books", index: "by_creation_time" };
    expect(valueOf("documents", args)).toMatchObject({ page: [{ text: "below" }], isDone: true });
  });

  test.each([
    [{ component: "nowhere" }, "There is no component"],
    [{ index: "by_nothing" }, "by_nothing"],
    [{ order: "sideways" }, "not a query"],
    [{ numItems: 1_000_000 }, "Requested too many items"],
  ])("%j is refused", (changed, message) => {
    expect(toldBy("documents", { ...FIRST, ...changed }).errorMessage).toContain(message);
  });

  test("of the engine's own secret tables are not shown, whoever asks", () => {
    const args = { ...FIRST, table: "_scheduled_targets", index: "by_creation_time" };
    expect(valueOf("documents", args)).toMatchObject({ page: [] });
  });

  test("are found by their id alone", () => {
    expect(documentAnswer.parse(valueOf("document", { component: "", id: ana }))).toMatchObject({ table: "authors" });
    expect(valueOf("document", { component: "upper", id: ana })).toBeNull();
    expect(valueOf("document", { component: "", id: "nothing" })).toBeNull();
  });
});

test("functions are told with what they take", () => {
  const { functions } = functionsAnswer.parse(valueOf("functions"));
  expect(functions).toContainEqual({
    component: "lower",
    path: "books:list",
    kind: "query",
    visibility: "public",
    node: false,
    args: "v.object({})",
  });
});

test("scheduled functions are told, the newest first", () => {
  const { jobs, crons } = jobsAnswer.parse(valueOf("jobs"));
  expect(jobs).toMatchObject([{ component: "", name: "blog.js:addAuthor", state: { kind: "pending" } }]);
  expect(crons).toEqual([]);
});

test("crons are told with their schedules, as the page says them, and with when they run next", async () => {
  const other = await startTestWorld("calls");
  const call = { component: "", path: "_system/inspector/jobs", args: {}, identity: null, publicOnly: false };
  const { crons } = jobsAnswer.parse(JSON.parse(ANSWER.parse(other.running.engine.runQuery(call)).value));
  await other.close();
  expect(crons.map(({ schedule }) => scheduleText(schedule))).toEqual(["interval: minutes 1", "0 7 * * *"]);
  for (const { nextTime } of crons) expect(nextTime).toBeGreaterThanOrEqual(other.clock.time);
});

test("what goes on is counted: documents, calls and failures", () => {
  const { counts, functions } = activityAnswer.parse(valueOf("activity"));
  expect(counts).toContainEqual({ component: "", table: "authors", count: 3 });
  const called = functions.map(({ path, calls, errors }) => [path, calls, errors]);
  expect(called).toContainEqual(["blog:addAuthor", 3, 0]);
  expect(called).toContainEqual(["blog:addPost", 1, 1]);
});

test("they are live: a new document touches what was read, and no system query is a call", async () => {
  const { reads } = ask("documents", FIRST);
  let touched = false;
  const stop = world.running.engine.onCommit(({ writes }) => {
    touched ||= writes.some((write) => reads.some(({ index }) => index === write.index));
  });
  await world.call("blog:addAuthor", { name: "Abel" });
  stop();
  expect(touched).toBe(true);
  const { functions } = activityAnswer.parse(valueOf("activity"));
  expect(functions.some(({ path }) => path.startsWith("_system"))).toBe(false);
});
