import { shownDelivery, type DeliveryState } from "@/lib/domain/delivery-state.ts";

/** How the state of a message of ours looks. `words`: an icon alone would not do, it is said in full. */
export type DeliveryMark = {
  icon: "clock" | "check" | "checks" | "question" | "alert" | "ban";
  tone: "quiet" | "read" | "warn" | "danger";
  words: boolean;
};

export function deliveryMarkOf(state: DeliveryState): DeliveryMark {
  switch (shownDelivery(state)) {
    case "clock":
      return { icon: "clock", tone: "quiet", words: false };
    case "one_tick":
      return { icon: "check", tone: "quiet", words: false };
    case "two_ticks":
      return { icon: "checks", tone: "quiet", words: false };
    case "read_ticks":
      return { icon: "checks", tone: "read", words: false };
    case "not_confirmed":
      return { icon: "question", tone: "warn", words: true };
    case "error":
      return { icon: "alert", tone: "danger", words: true };
    case "cancelled":
      return { icon: "ban", tone: "quiet", words: true };
  }
}
