// The agent without a model: deterministic, no key, no network. The default of a fresh machine and the fallback of any model.
import type { Brain } from "../types.ts";
import { understandOffline } from "./understand.ts";
import { writeFromTemplate } from "./write.ts";

export const offlineBrain: Brain = {
  id: "offline@1",
  speaks: ["pt", "en"],
  understand: (input) => Promise.resolve({ understanding: understandOffline(input) }),
  write: (request) => Promise.resolve({ messages: writeFromTemplate(request) }),
};
