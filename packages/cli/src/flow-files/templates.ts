import type { FlowName } from "./flow-name.ts";

/** A flow that does something small, to be changed. */
export function flowText({ name, constant }: FlowName): string {
  return `import { closed, flow } from "@longarm/spoke";
import Type from "typebox";

export const ${constant} = flow({
  name: "${name}",
  title: "${titleOf(constant)}",
  summary: "Reads a user, waits a day, and tells whether its status has changed.",
  // Raise it with each change of what the flow does: runs that began under another version end with that one's code, or not at all.
  version: 1,
  input: closed({ user: Type.String({ description: "A user's id or login." }) }),
  output: closed({ before: Type.String(), after: Type.String(), changed: Type.Boolean() }),
  // The same each time with the same results: no Date.now(), no Math.random(), no I/O but by ctx.
  async run(ctx, { user }) {
    const { id, status: before } = await ctx.run("okta.user.get", { user });
    await ctx.sleep("1d");
    const { status: after } = await ctx.run("okta.user.get", { user: id });
    await ctx.log(\`\${id} was \${before} and is \${after}.\`);
    return { before, after, changed: before !== after };
  },
});
`;
}

/** A test of that flow. */
export function testText({ file, constant }: FlowName): string {
  return `import assert from "node:assert/strict";
import { test } from "node:test";
import { tryFlow } from "@longarm/spoke/testing";
import { ${constant} } from "./${file}.ts";

test("tells that the status has changed", async () => {
  const statuses = ["PROVISIONED", "ACTIVE"];
  const tried = await tryFlow(${constant}, { user: "ada@example.com" }, {
    // What its steps are answered with: a value, a LongarmError, or a function of the input. Sleeps pass at once.
    answers: { "okta.user.get": () => ({ id: "00u1", status: statuses.shift() }) },
  });
  assert.deepEqual(tried.output, { before: "PROVISIONED", after: "ACTIVE", changed: true });
  assert.deepEqual(tried.asked, ["okta.user.get", "okta.user.get"]);
});
`;
}

/** What Node and editors go by. */
export const packageText = `${JSON.stringify({ private: true, type: "module", scripts: { test: "longarm flows test --directory ." } }, undefined, 2)}\n`;

/** Where types are found. */
interface Types {
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly roots: readonly string[];
}

/** For editors: types as Node strips them, and where those of the kit are. */
export function tsconfigText({ paths, roots }: Types): string {
  const compilerOptions = {
    ...{
      target: "ES2024",
      lib: ["ES2025"],
      module: "NodeNext",
      moduleResolution: "NodeNext",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    },
    ...{ erasableSyntaxOnly: true, verbatimModuleSyntax: true, allowImportingTsExtensions: true },
    ...{ types: ["node"], typeRoots: roots, paths },
  };
  return `${JSON.stringify({ compilerOptions, include: ["**/*.ts", "**/*.mts"] }, undefined, 2)}\n`;
}

function titleOf(constant: string): string {
  const words = constant.replaceAll(/[A-Z]/g, (letter) => ` ${letter}`);
  return words.replace(/^./, (letter) => letter.toUpperCase());
}
