import { expect, test } from "vitest";
import { domainEventValidator, eventKey } from "./events.ts";

test("every type has a version, and a payload of ids, codes and numbers alone", () => {
  const types = domainEventValidator.members.map(({ fields }) => `${fields.type.value}.v${fields.version.value}`);
  expect(types).toEqual([
    "message.received.v1",
    "message.sent.v1",
    "conversation.handed_off.v1",
    "conversation.taken_over.v1",
    "qualification.changed.v1",
    "contact.opted_out.v1",
  ]);
  const names = domainEventValidator.members.flatMap(({ fields }) => Object.keys(fields.payload.fields));
  const words = ["text", "preview", "name", "phone", "email", "quote", "value"];
  expect(names.filter((name) => words.includes(name))).toEqual([]);
});

test("the same fact has the same key, another one has another", () => {
  const event = { type: "message.sent", version: 1 } as const;
  expect(eventKey(event, "m1")).toBe("message.sent.v1:m1");
  expect(eventKey(event, "m2")).not.toBe(eventKey(event, "m1"));
  expect(eventKey({ type: "message.received", version: 1 }, "m1")).not.toBe(eventKey(event, "m1"));
});
