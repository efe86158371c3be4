import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DELIVERY_STATES,
  type DeliveryState,
  isFinalDelivery,
  raiseDelivery,
  shownDelivery,
} from "./delivery-state.ts";

const reported: DeliveryState[] = ["sending", "sent", "delivered", "read", "played", "failed"];
const every = fc.constantFrom<DeliveryState>(...reported, "queued", "unknown", "cancelled");

function raiseAll(start: DeliveryState, reports: readonly DeliveryState[]): DeliveryState {
  return reports.reduce(raiseDelivery, start);
}

describe("I5: a report never moves a message down", () => {
  test.each<[DeliveryState, DeliveryState, DeliveryState]>([
    ["queued", "sending", "sending"],
    ["sending", "sent", "sent"],
    ["sent", "delivered", "delivered"],
    ["delivered", "read", "read"],
    ["read", "played", "played"],
    ["read", "sent", "read"],
    ["read", "delivered", "read"],
    ["played", "read", "played"],
    ["sent", "sending", "sent"],
    ["sending", "read", "read"],
  ])("%s, then %s: %s", (current, report, next) => {
    expect(raiseDelivery(current, report)).toBe(next);
  });

  test("law: no order of reports changes where a message ends", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(reported),
        fc.constantFrom<DeliveryState>("queued", "sending", "unknown"),
        (reports, start) => {
          expect(raiseAll(start, reports)).toBe(raiseAll(start, reports.toReversed()));
        },
      ),
    );
  });

  test("law: the same report twice is the same as once", () => {
    fc.assert(
      fc.property(every, every, (current, report) => {
        const once = raiseDelivery(current, report);
        expect(raiseDelivery(once, report)).toBe(once);
      }),
    );
  });
});

describe("failure", () => {
  test.each<DeliveryState>(["queued", "sending", "unknown", "sent"])("is accepted from %s", (current) => {
    expect(raiseDelivery(current, "failed")).toBe("failed");
  });

  test.each<DeliveryState>(["delivered", "read", "played", "cancelled"])("is not accepted from %s", (current) => {
    expect(raiseDelivery(current, "failed")).toBe(current);
  });

  test("gives way only to proof of delivery", () => {
    expect(raiseDelivery("failed", "sent")).toBe("failed");
    expect(raiseDelivery("failed", "delivered")).toBe("delivered");
  });
});

describe("an unconfirmed send", () => {
  test.each<DeliveryState>(["sent", "delivered", "read", "played", "failed"])("is settled by %s", (report) => {
    expect(raiseDelivery("unknown", report)).toBe(report);
  });

  test("never goes back to sending", () => {
    expect(raiseDelivery("unknown", "sending")).toBe("unknown");
    expect(raiseDelivery("unknown", "queued")).toBe("unknown");
  });
});

describe("cancelling", () => {
  test("works only before sending", () => {
    expect(raiseDelivery("queued", "cancelled")).toBe("cancelled");
    for (const state of [...reported, "unknown"] as const) expect(raiseDelivery(state, "cancelled")).toBe(state);
  });

  test("is final", () => {
    expect(isFinalDelivery("cancelled")).toBe(true);
    for (const state of reported) expect(raiseDelivery("cancelled", state)).toBe("cancelled");
  });
});

test("every state is shown, and a person cannot take an unconfirmed message for a sent one", () => {
  expect(Object.keys(DELIVERY_STATES)).toHaveLength(9);
  expect(shownDelivery("unknown")).toBe("not_confirmed");
  expect([shownDelivery("sent"), shownDelivery("delivered"), shownDelivery("read")]).toEqual([
    "one_tick",
    "two_ticks",
    "read_ticks",
  ]);
});
