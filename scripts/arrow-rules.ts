/**
 * Which folder may import which (see CONTRIBUTING.md). Checked by arrows.ts, which also asserts that every source
 * file was seen; scripts/arrows.test.ts plants one forbidden import per rule.
 */
import type { ICruiseOptions, IForbiddenRuleType, IRegularForbiddenRuleType } from "dependency-cruiser";

const TEST = "\\.test\\.tsx?$|(^|/)test\\.setup\\.ts$";
const OURS = "^(app|bench|components|convex|e2e|lib|local|messages|scripts)/";
const GENERATED = "^convex/_generated/";

type From = IRegularForbiddenRuleType["from"];
type To = IRegularForbiddenRuleType["to"];

const forbid = (name: string, comment: string, from: From, to: To): IForbiddenRuleType => ({
  name,
  comment,
  severity: "error",
  from,
  to,
});

export const forbidden: IForbiddenRuleType[] = [
  forbid("no-circle", "a circle has no order to read it in", {}, { circular: true }),
  forbid("resolves", "an import names a file that exists", {}, { couldNotResolve: true }),
  forbid(
    "nothing-imports-local",
    "the product cannot tell that the local world is there",
    { pathNot: ["^(local|e2e|bench)/", TEST] },
    { path: "^local/" },
  ),
  forbid("nothing-imports-app", "routes are leaves", { pathNot: ["^(app|e2e|bench)/", TEST] }, { path: "^app/" }),
  forbid(
    "ui-sees-generated-convex-only",
    "app/ and components/ know the API of convex/, not its code",
    { path: "^(app|components)/" },
    { path: "^convex/", pathNot: GENERATED },
  ),
  forbid(
    "primitives-import-primitives",
    "components/ui could be lifted into another project",
    { path: "^components/ui/" },
    { path: OURS, pathNot: ["^components/ui/", "^lib/cn\\.ts$"] },
  ),
  forbid(
    "lib-imports-lib",
    "lib/ is shared by all, so it depends on none",
    { path: "^lib/", pathNot: TEST },
    { path: OURS, pathNot: "^lib/" },
  ),
  forbid("domain-imports-domain", "rules are pure", { path: "^lib/domain/" }, { path: OURS, pathNot: "^lib/domain/" }),
  forbid(
    "agent-imports-domain",
    "the agent decides; it does not store, send or render",
    { path: "^lib/agent/" },
    { path: OURS, pathNot: ["^lib/(agent|domain)/", "^lib/(errors|time)\\.ts$"] },
  ),
  forbid(
    "connectors-are-strangers",
    "a provider never imports another provider",
    { path: "^lib/connectors/([^/]+)/" },
    { path: "^lib/connectors/[^/]+/", pathNot: "^lib/connectors/$1/" },
  ),
  forbid(
    "registry-imports-providers",
    "everyone else asks the registry",
    { pathNot: ["^lib/connectors/registry\\.ts$", "^lib/connectors/[^/]+/", TEST] },
    { path: "^lib/connectors/[^/]+/" },
  ),
  forbid(
    "convex-imports-lib",
    "functions run on a server that has nothing but convex/ and lib/",
    { path: "^convex/", pathNot: TEST },
    { path: OURS, pathNot: "^(convex|lib)/" },
  ),
  forbid(
    "domains-meet-through-model",
    "a domain of convex/ shows the others its model.ts",
    { path: "^convex/([^/]+)/", pathNot: TEST },
    { path: "^convex/[^/]+/", pathNot: ["^convex/$1/", GENERATED, "^convex/[^/]+/model\\.ts$"] },
  ),
  forbid(
    "roots-meet-domains-through-model",
    "the roots of convex/ know a domain by its model.ts; schema.ts by its tables.ts",
    { path: "^convex/[^/]+$", pathNot: ["^convex/schema\\.ts$", TEST] },
    { path: "^convex/[^/]+/", pathNot: [GENERATED, "^convex/[^/]+/model\\.ts$"] },
  ),
  forbid(
    "schema-imports-tables",
    "the schema is the list of all tables",
    { path: "^convex/schema\\.ts$" },
    { path: OURS, pathNot: "^convex/[^/]+/tables\\.ts$" },
  ),
  forbid(
    "tables-import-validators",
    "what a table imports is part of the schema: a way back to _generated is a circle",
    { path: "^convex/[^/]+/tables\\.ts$" },
    { path: OURS, pathNot: ["^convex/validators\\.ts$", "^convex/[^/]+/validators\\.ts$", "^lib/domain/"] },
  ),
  forbid(
    "local-imports-convex-and-lib",
    "the local world serves the product, not its pages",
    { path: "^local/", pathNot: TEST },
    { path: OURS, pathNot: "^(local|convex|lib)/" },
  ),
  forbid(
    "scripts-stand-alone",
    "checks do not depend on what they check",
    { path: "^scripts/", pathNot: "^scripts/new-keys\\.ts$" },
    { path: OURS, pathNot: "^scripts/" },
  ),
  forbid("nothing-imports-tests", "a suite is a leaf", { pathNot: TEST }, { path: TEST }),
  forbid(
    "product-ships-its-packages",
    "what runs in production is a dependency, not a development dependency",
    { path: "^(app|components|convex|lib)/", pathNot: TEST },
    { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
  ),
  forbid(
    "shallow-folders",
    "at most four folders below the root; routes aside",
    { path: "^(?!app/)[^/]+/[^/]+/[^/]+/[^/]+/[^/]+/" },
    {},
  ),
];

export const options: ICruiseOptions = {
  doNotFollow: { path: ["node_modules", GENERATED] },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ["exports"],
    conditionNames: ["import", "types", "node", "default"],
    extensions: [".ts", ".tsx", ".d.ts", ".js", ".mjs", ".json", ".css"],
  },
};
