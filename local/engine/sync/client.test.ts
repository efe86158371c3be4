import { describeClients } from "./client-suite.ts";
import { TestEngine } from "./test-engine.ts";
import { TEST_FUNCTIONS } from "./test-functions.ts";

describeClients("the test engine", async (options) => ({
  engine: new TestEngine(TEST_FUNCTIONS, options),
  close: () => undefined,
}));
