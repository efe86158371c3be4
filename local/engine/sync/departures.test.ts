import { expect, it } from "vitest";
import { Departures } from "./departures.ts";

const endOfTurn = () => new Promise<void>((resolve) => void setImmediate(resolve));

it("leave after the work at hand, in their order, before the event loop goes on", async () => {
  const departures = new Departures();
  const seen: string[] = [];
  const turn = new Promise<void>((resolve) => {
    setImmediate(() => {
      departures.add(() => seen.push("first"));
      departures.add(() => seen.push("second"));
      seen.push("work done");
    });
    setImmediate(() => {
      seen.push("next turn");
      resolve();
    });
  });
  await turn;
  expect(seen).toEqual(["work done", "first", "second", "next turn"]);
});

it("leave once each, those that are added by another after it", async () => {
  const departures = new Departures();
  const seen: string[] = [];
  departures.add(() => {
    seen.push("first");
    departures.add(() => seen.push("third"));
  });
  departures.add(() => seen.push("second"));
  await endOfTurn();
  await endOfTurn();
  expect(seen).toEqual(["first", "second", "third"]);
});
