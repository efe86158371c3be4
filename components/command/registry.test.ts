import { expect, test, vi } from "vitest";
import { groupCommands, scoreLabel, type Command } from "./command.ts";
import { CommandRegistry } from "./registry.ts";
import { UndoStack } from "./undo.ts";

const makeCommand = (fields: Partial<Command> = {}): Command => ({
  id: "done",
  keys: "e",
  label: "Concluir",
  group: "conversation",
  run: () => {},
  ...fields,
});

test("commands are there as long as their source, and say what it says now", () => {
  const registry = new CommandRegistry();
  let label = "Concluir";
  const leave = registry.add(() => [makeCommand({ label })]);
  label = "Reabrir";
  expect(registry.list().map((command) => command.label)).toEqual(["Reabrir"]);
  leave();
  expect(registry.list()).toEqual([]);
});

test("a command that is off is not there, and does not run", () => {
  const registry = new CommandRegistry();
  const run = vi.fn<() => void>();
  let isEnabled = true;
  registry.add(() => [makeCommand({ run, isEnabled: () => isEnabled })]);
  registry.run("done");
  isEnabled = false;
  registry.run("done");
  expect(run).toHaveBeenCalledTimes(1);
  expect(registry.list()).toEqual([]);
});

test("of two commands with one id, the later one stands", () => {
  const registry = new CommandRegistry();
  registry.add(() => [makeCommand()]);
  registry.add(() => [makeCommand({ label: "Outro" })]);
  expect(registry.list().map(({ label }) => label)).toEqual(["Outro"]);
});

test("what is nearest to the work comes first, and no group is empty", () => {
  const groups = groupCommands([makeCommand({ group: "places" }), makeCommand()]);
  expect(groups.map(({ group }) => group)).toEqual(["conversation", "places"]);
});

test.each([
  ["conex", 0.5],
  ["CONEXOES", 0.5],
  ["conexões ir", 0.5],
  ["ir con", 1],
  ["", 1],
  ["agente", 0],
])("a label is found by %j: %d", (typed, score) => {
  expect(scoreLabel("Ir para as conexões", typed)).toBe(score);
});

test("the last thing done is undone first, and only once, and not when it is too late", () => {
  const stack = new UndoStack();
  const undo = () => {};
  stack.push({ id: "a", undo, until: 50 });
  stack.push({ id: "b", undo, until: 10 });
  stack.push({ id: "c", undo, until: 50 });
  stack.push({ id: "d", undo, until: 50 });
  stack.drop("d");
  expect([stack.pop(20)?.id, stack.pop(20)?.id, stack.pop(20)]).toEqual(["c", "a", null]);
});
