/** The functions that client-suite.ts calls, for the test engine. A real app under test registers the same names. */
import { SyscallError } from "../errors.ts";
import type { Json } from "../types.ts";
import type { TestFunction } from "./test-engine.ts";

export const TEST_FUNCTIONS: Readonly<Record<string, TestFunction>> = {
  /** {channel} → the bodies sent to it, in order. */
  "messages:list": { kind: "query", run: (context, { channel }) => context.list(prefixOf(channel)) },
  /** {channel, body} → how many bodies the channel has. */
  "messages:send": {
    kind: "mutation",
    run: (context, { channel, body }) => {
      const count = context.list(prefixOf(channel)).length + 1;
      context.put(`${prefixOf(channel)}${String(count).padStart(6, "0")}`, body ?? null);
      return count;
    },
  },
  /** {} → always writes and then throws ConvexError({code: "refused", count: 7n}). */
  "messages:refuse": {
    kind: "mutation",
    run: (context) => {
      context.put("refused/1", "must be rolled back");
      throw new SyscallError("refused", { code: "refused", count: { $integer: "BwAAAAAAAAA=" } });
    },
  },
  /** {value} → the value. */
  "messages:echo": { kind: "query", run: (_context, { value }) => value ?? null },
  /** {channel, characters} → the channel's last body and a text of that many characters. */
  "messages:large": {
    kind: "query",
    run: (context, { channel, characters }) => ({
      last: context.list(prefixOf(channel)).at(-1) ?? null,
      text: "x".repeat(Number(characters)),
    }),
  },
  /** {} → the caller's subject, or null. */
  "messages:whoami": { kind: "query", run: (context) => context.identity()?.subject ?? null },
  /** {} → the caller's whole identity, or null. */
  "messages:identity": { kind: "query", run: (context) => context.identity() },
  /** {channel, body} → sends through the mutation and answers "relayed". */
  "messages:relay": {
    kind: "action",
    run: async (context, { channel = null, body = null }) => {
      context.runMutation("messages:send", { channel, body });
      return "relayed";
    },
  },
  /** Internal. {channel} → how many bodies the channel has. */
  "messages:count": {
    kind: "query",
    visibility: "internal",
    run: (context, { channel }) => context.list(prefixOf(channel)).length,
  },
};

function prefixOf(channel: Json | undefined): string {
  return typeof channel === "string" ? `${channel}/` : "none/";
}
