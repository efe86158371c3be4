/**
 * Rules of the house that oxlint has no rule for. Loaded by .oxlintrc.json as the plugin `house`; scripts/lint.test.ts
 * proves that each one fires.
 */

/** The part of an ESTree node that these rules read. */
type Node = {
  readonly type: string;
  readonly name?: string;
  readonly asserts?: boolean;
  readonly source?: Node | null;
  readonly declaration?: Node | null;
  readonly declarations?: readonly Node[];
  readonly init?: Node | null;
  readonly callee?: Node;
  readonly arguments?: readonly Node[];
  readonly properties?: readonly Node[];
  readonly key?: Node;
  readonly typeAnnotation?: Node | null;
};

type Context = { report(problem: { node: Node; message: string }): void };

type Rule = {
  meta: { type: "problem"; docs: { description: string } };
  create(context: Context): Record<string, (node: Node) => void>;
};

/** `export … from` hides where a name lives and pulls in more than was asked for. */
const noReexport: Rule = {
  meta: { type: "problem", docs: { description: "import a name from the file that defines it" } },
  create(context) {
    const report = (node: Node) =>
      context.report({ node, message: "Do not re-export: import the name from the file that defines it." });
    return {
      ExportAllDeclaration: report,
      ExportNamedDeclaration(node) {
        if (node.source) report(node);
      },
    };
  },
};

/** A hand-written `x is T` is a cast that nobody checks. `asserts condition` stays allowed. */
const noTypePredicate: Rule = {
  meta: { type: "problem", docs: { description: "parse a value instead of claiming its type" } },
  create: (context) => ({
    TSTypePredicate(node) {
      if (node.asserts === true && !node.typeAnnotation) return;
      context.report({ node, message: "Do not claim a type with a predicate: parse the value, or narrow it inline." });
    },
  }),
};

/** Names of builders that register a Convex function: `query`, `orgMutation`, `visitorAction`, `orgJob` … */
const BUILDER = /^(query|mutation|action|[a-z][A-Za-z]*(Query|Mutation|Action|Job))$/;
const CONTRACT = ["args", "returns", "handler"];

/** A registered function says what it takes and what it gives back, with whichever builder. */
const functionContract: Rule = {
  meta: { type: "problem", docs: { description: "registered Convex functions declare args and returns" } },
  create: (context) => ({
    ExportNamedDeclaration(node) {
      for (const declarator of node.declaration?.declarations ?? []) checkContract(context, declarator.init);
    },
  }),
};

function checkContract(context: Context, call: Node | null | undefined): void {
  const builder = call?.callee?.name;
  if (!call || !builder || !BUILDER.test(builder)) return;
  const definition = call.arguments?.[0];
  if (definition?.type !== "ObjectExpression") {
    context.report({ node: call, message: `${builder} takes an object with args, returns and handler.` });
    return;
  }
  const keys = new Set(definition.properties?.map((property) => property.key?.name));
  const missing = CONTRACT.filter((key) => !keys.has(key));
  if (missing.length > 0) context.report({ node: call, message: `${builder} lacks ${missing.join(" and ")}.` });
}

const plugin = {
  meta: { name: "house" },
  rules: { "no-reexport": noReexport, "no-type-predicate": noTypePredicate, "function-contract": functionContract },
};

export default plugin;
