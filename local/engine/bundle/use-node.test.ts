import { describe, expect, test } from "vitest";
import { hasUseNode } from "./use-node.ts";

describe("is a directive", () => {
  test.each([
    `"use node";`,
    `'use node'\nimport x from "x";`,
    `// words\n/* more\n words */ "use node";`,
    `"use strict";\n"use node";`,
    `"use strict"\n'use node' // why`,
    `#!/usr/bin/env node\n"use node";`,
    `\n\n\t"use node"`,
  ])("%j", (source) => expect(hasUseNode(source)).toBe(true));
});

describe("is none", () => {
  test.each([
    ``,
    `import x from "x";\n"use node";`,
    `// "use node";\nexport const x = 1;`,
    `/* "use node" */`,
    `const text = "use node";`,
    `"use node" + suffix;`,
    `"use node".length;`,
    `"use nodejs";`,
    `\`use node\`;`,
  ])("%j", (source) => expect(hasUseNode(source)).toBe(false));
});
