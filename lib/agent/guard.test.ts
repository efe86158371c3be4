import { describe, expect, test } from "vitest";
import { newQualification } from "../domain/qualification-state.ts";
import { EVALUATION_PLAYBOOKS } from "./evaluation/playbooks.ts";
import { gather } from "./gather.ts";
import { guard } from "./guard.ts";
import { makeTurn, TUESDAY_AFTERNOON } from "./turn-builder.ts";
import type { TurnInput } from "./types.ts";

const stopOf = (input: TurnInput) => guard(input, gather(input));

describe("a turn does not begin", () => {
  test("when nothing is new", () => {
    expect(stopOf(makeTurn(["lead: oi", "agent: olá"]))).toMatchObject({ reason: "nothing_new", pause: false });
  });

  test("ever again after an opt-out, not even for an answer to the goodbye", () => {
    const state = { ...newQualification(), outcome: "opted_out" as const };
    expect(stopOf(makeTurn(["lead: mudei de ideia, quanto custa?"], { state }))).toMatchObject({ reason: "opted_out" });
  });

  test("for a sticker alone", () => {
    const input = makeTurn(["lead: x"]);
    const messages = input.messages.map((message) => ({ ...message, kind: "sticker" as const, text: undefined }));
    expect(stopOf({ ...input, messages })).toMatchObject({ reason: "nothing_new" });
  });
});

describe("two machines talking are stopped, and the agent pauses", () => {
  test("when the channel marks a reply as automatic", () => {
    const input = makeTurn(["lead: Volto na segunda"]);
    const messages = input.messages.map((message) => ({ ...message, isAutoReply: true }));
    expect(stopOf({ ...input, messages })).toEqual({ reason: "automatic_reply", pause: true, waitUntil: null });
  });

  test.each([
    "Esta é uma mensagem automática.",
    "Digite 1 para vendas",
    "I am out of the office until Monday",
    "Resposta automática: obrigado",
  ])("when the text says that it is automatic: %s", (text) =>
    expect(stopOf(makeTurn([`lead: ${text}`]))).toMatchObject({ reason: "automatic_reply", pause: true }),
  );

  test("when our own words come back", () => {
    const input = makeTurn(["lead: oi", "agent: Olá! Aqui é a Lia, da Nexa.", "lead: olá! aqui é a Lia, da Nexa."]);
    expect(stopOf(input)).toMatchObject({ reason: "echo_of_ourselves", pause: true });
  });

  test("when the same text comes a third time after answers, but not when an impatient person repeats it", () => {
    const looping = ["lead: menu", "agent: a1", "lead: menu", "agent: a2", "lead: menu"];
    expect(stopOf(makeTurn(looping))).toMatchObject({ reason: "same_text_again", pause: true });
    expect(stopOf(makeTurn(["lead: oi", "lead: oi", "lead: oi"]))).toBeNull();
  });

  test("when there were too many turns within a minute, and not when they were slower", () => {
    const lines = Array.from({ length: 6 }, (_, at) => [`lead: texto ${at}`, `agent: resposta ${at}`]).flat();
    const slow = makeTurn([...lines, "lead: e agora"]);
    const messages = slow.messages.map((message, at) => ({
      ...message,
      at: TUESDAY_AFTERNOON - 1_000 * (slow.messages.length - at),
    }));
    expect(stopOf(slow)).toBeNull();
    expect(stopOf({ ...slow, messages })).toMatchObject({ reason: "too_many_turns", pause: true });
  });
});

describe("outside working hours", () => {
  const SUNDAY_NIGHT = Date.UTC(2026, 2, 8, 23, 0);
  const MONDAY_NINE = Date.UTC(2026, 2, 9, 12, 0);
  const withOutside = (outside: "answer" | "announce" | "wait") => ({
    now: SUNDAY_NIGHT,
    playbook: { ...EVALUATION_PLAYBOOKS.nexa, workingHours: { ...EVALUATION_PLAYBOOKS.nexa.workingHours, outside } },
  });

  test("a playbook that waits asks for the same turn at the opening", () => {
    expect(stopOf(makeTurn(["lead: oi"], withOutside("wait")))).toEqual({
      reason: "outside_hours",
      pause: false,
      waitUntil: MONDAY_NINE,
    });
  });

  test.each(["answer", "announce"] as const)("a playbook that says %s lets the turn go on", (outside) => {
    expect(stopOf(makeTurn(["lead: oi"], withOutside(outside)))).toBeNull();
  });
});
