import { fileURLToPath } from "node:url";
import { openEngine } from "./open.ts";
import { describeClients } from "./sync/client-suite.ts";

describeClients("the engine", async ({ authProviders: [provider] }) => {
  const variables = new Map([
    ["TEST_ISSUER", provider?.type === "customJwt" ? provider.issuer : ""],
    ["TEST_JWKS", provider?.type === "customJwt" ? provider.jwks : ""],
    ["TEST_AUDIENCE", provider?.applicationID ?? ""],
  ]);
  return openEngine(
    {
      directory: fileURLToPath(new URL("fixtures/clients/convex", import.meta.url)),
      file: ":memory:",
      adminKey: "key",
      environment: (name) => variables.get(name),
      reportFault: (fault) => {
        throw fault;
      },
    },
    { cloud: "http://127.0.0.1", site: "http://127.0.0.1" },
  );
});
