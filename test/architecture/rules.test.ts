import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { directiveViolations } from "./directives.ts";
import { packageViolations, roomViolations } from "./directions.ts";
import { undocumentedExports } from "./exported-docs.ts";
import { libraryViolations } from "./libraries.ts";
import { nameViolations } from "./names.ts";
import { purityViolations } from "./purity.ts";
import { parseSourceFile, type SourceFile } from "./source-file.ts";
import { subjectViolations } from "./subject-literals.ts";

const test = suite("the rules of the architecture test");

type Rule = (file: SourceFile) => string[];

/** A rule, what it must refuse, and what it must let pass: each a path and a source. */
const table: readonly { rule: Rule; refused: readonly [string, string][]; allowed: readonly [string, string][] }[] = [
  {
    rule: packageViolations,
    refused: [
      ["packages/shared/src/a.ts", `import { x } from "@longarm/spoke";`],
      ["packages/agent/src/a.ts", `import type { X } from "@longarm/controller";`],
      ["packages/controller/src/run/a.ts", `const okta = await import("@longarm/okta");`],
      ["packages/controller/src/run/compose.ts", `import { okta } from "@longarm/okta";`],
      ["packages/cli/src/a.ts", `import { okta } from "@longarm/okta";`],
      ["packages/agent/src/a.ts", `export * from "../../controller/src/index.ts";`],
      ["packages/agent/src/a.test.ts", `import { x } from "../../controller/src/index.ts";`],
      ["packages/agent/src/a.ts", `import { suite } from "../../../test/support/suite.ts";`],
      ["packages/novel/src/a.ts", `import { x } from "@longarm/shared";`],
    ],
    allowed: [
      ["packages/okta/src/a.ts", `import { x } from "@longarm/spoke"; import { y } from "@longarm/shared/rest"; import "./b.ts";`],
      ["packages/controller/src/compose.ts", `import { okta } from "@longarm/okta";`],
      ["packages/cli/src/a.ts", `await import("@longarm/controller/main");`],
      ["packages/agent/src/deep/a.test.ts", `import { suite } from "../../../../test/support/suite.ts";`],
      ["test/journeys/a.test.ts", `import { x } from "@longarm/controller"; import { y } from "@longarm/agent";`],
    ],
  },
  {
    rule: roomViolations,
    refused: [
      ["packages/controller/src/decide/a.ts", `import { x } from "../ports/b.ts";`],
      ["packages/controller/src/decide/a.ts", `import { x } from "@longarm/spoke";`],
      ["packages/controller/src/ports/a.ts", `import type { X } from "../nats/b.ts";`],
      ["packages/controller/src/run/a.ts", `import { x } from "../nats/b.ts";`],
      ["packages/controller/src/nats/kv/a.ts", `import { x } from "../../run/b.ts";`],
      ["packages/controller/src/history/a.ts", `import { x } from "../compose.ts";`],
      ["packages/agent/src/decide/a.ts", `import { x } from "../call/b.ts";`],
    ],
    allowed: [
      ["packages/controller/src/decide/a.ts", `import { x } from "./b.ts"; import { y } from "@longarm/shared";`],
      [
        "packages/controller/src/loops/a.ts",
        `import "../run/b.ts"; import "../decide/c.ts"; import "../ports/d.ts"; import "@longarm/spoke";`,
      ],
      ["packages/controller/src/nats/kv/a.ts", `import "../streams.ts"; import "../../ports/d.ts"; import "../../configuration.ts";`],
      ["packages/controller/src/nats/a.test.ts", `import "../memory/b.ts";`],
      ["packages/controller/src/compose.ts", `import "./nats/b.ts"; import "./http/c.ts";`],
    ],
  },
  {
    rule: libraryViolations,
    refused: [
      ["packages/controller/src/run/a.ts", `import { connect } from "@nats-io/transport-node";`],
      ["packages/agent/src/call/a.ts", `import { request } from "undici";`],
      ["packages/controller/src/loops/a.ts", `import { DatabaseSync } from "node:sqlite";`],
      ["packages/controller/src/http/a.ts", `import _ from "lodash";`],
      ["packages/sandbox/src/http/a.ts", `import fastify from "fastify";`],
      ["packages/okta/src/a.ts", `import pino from "pino";`],
      ["packages/agent/src/nats/a.ts", `import { jetstream } from "@nats-io/jetstream";`],
      ["packages/shared/src/ids.ts", `import fc from "fast-check";`],
      ["test/journeys/a.test.ts", `import { suite } from "uvu";`],
    ],
    allowed: [
      ["packages/controller/src/nats/kv/a.ts", `import { Kvm } from "@nats-io/kv";`],
      ["packages/agent/src/compose.ts", `import "reflect-metadata"; import { container } from "tsyringe";`],
      ["packages/shared/src/ids.test.ts", `import fc from "fast-check"; import assert from "node:assert/strict";`],
      ["bench/calls.ts", `import { request } from "undici"; import { connect } from "@nats-io/transport-node";`],
    ],
  },
  {
    rule: purityViolations,
    refused: [
      ["packages/controller/src/decide/a.ts", `export const now = () => Date.now();`],
      ["packages/controller/src/decide/a.ts", `export const chance = Math.random();`],
      ["packages/controller/src/decide/a.ts", `export async function f() {}`],
      ["packages/agent/src/decide/a.ts", `export type X = Promise<string>;`],
      ["packages/controller/src/decide/a.ts", `import { readFileSync } from "node:fs";`],
      ["packages/controller/src/decide/a.ts", `import { connect } from "node:net";`],
    ],
    allowed: [
      ["packages/controller/src/decide/a.ts", `// a Date\nexport const text = "Date.now()"; export const at = event.Date; Math.floor(1);`],
      ["packages/controller/src/decide/a.ts", `import { isIP } from "node:net";`],
      ["packages/controller/src/decide/a.test.ts", `await Promise.resolve(Date.now());`],
      ["packages/controller/src/run/a.ts", `export const now = () => Date.now();`],
    ],
  },
  {
    rule: subjectViolations,
    refused: [
      ["packages/agent/src/a.ts", "publish(`beat.${id}`);"],
      ["packages/agent/src/a.ts", 'subscribe("agent.*.call");'],
      ["packages/controller/src/nats/a.ts", 'const all = "runs.>";'],
      ["packages/controller/src/nats/a.ts", "const log = 'runs.log.*';"],
      ["packages/controller/src/nats/a.ts", 'const stream = "RUNS";'],
      ["packages/controller/src/nats/a.ts", 'const subject = "items." + run;'],
      ["packages/controller/src/nats/a.ts", "const key = `$KV.${bucket}.x`;"],
    ],
    allowed: [
      ["packages/shared/src/subjects.ts", "const log = `runs.log.${id}`;"],
      ["packages/shared/src/a.ts", `const selector = "agent.name == 'hq-1'"; const key = "retention.runs"; const list = "items";`],
      ["packages/agent/src/a.ts", "// publishes beat.*\nlog(`agent ${id}`);"],
    ],
  },
  {
    rule: nameViolations,
    refused: [
      ["packages/agent/src/a.ts", `export class CallManager {}`],
      ["packages/agent/src/a.ts", `interface UserInfo {}`],
      ["packages/agent/src/a.ts", `export type StringUtils<T> = T;`],
      ["packages/agent/src/string-utils.ts", ``],
      ["packages/agent/src/common/a.ts", ``],
      ["packages/agent/src/callDesk.ts", ``],
      ["packages/agent/src/CallDesk.ts", ``],
    ],
    allowed: [
      ["packages/agent/src/call-desk.ts", `import { type JetStreamManager, type AddressInfo } from "x"; class Database {}`],
      ["packages/agent/src/call-desk.fixture.ts", ``],
    ],
  },
  {
    rule: directiveViolations,
    refused: [
      ["packages/agent/src/a.ts", `// @ts-ignore because\nf();`],
      ["packages/agent/src/a.ts", `// @ts-expect-error\nf();`],
      ["packages/agent/src/a.ts", `// oxlint-disable-next-line no-console\nf();`],
    ],
    allowed: [
      [
        "packages/agent/src/a.ts",
        `// @ts-expect-error the typings lack it\nf(); // oxlint-disable-line no-console -- the one place that prints`,
      ],
      ["packages/agent/src/a.ts", `const text = "@ts-ignore";`],
    ],
  },
];

for (const { rule, refused, allowed } of table) {
  test(`${rule.name} refuses what it must`, () => {
    for (const [path, source] of refused) assert.equal(rule(parseSourceFile(path, source)).length, 1, `${path}: ${source}`);
  });
  test(`${rule.name} lets pass what it must`, () => {
    for (const [path, source] of allowed) assert.deepEqual(rule(parseSourceFile(path, source)), [], `${path}: ${source}`);
  });
}

test("undocumentedExports follows a name through every file to its declaration", () => {
  const sources = {
    "packages/x/src/index.ts": `export * from "./a.ts"; export { b as c, type D } from "./deep/b.ts";`,
    "packages/x/src/a.ts": `/** Said. */\nexport const said = 1;\nexport type Said = typeof said;\n\nexport function unsaid() {}\n\nconst inner = 1;`,
    "packages/x/src/deep/b.ts": `export * from "../a.ts";\n\nconst b = 1;\nexport { b };\n\n/** Said. */\nexport interface D {}\n\nexport class Kept {}`,
  };
  const files = new Map(Object.entries(sources).map(([path, source]) => [path, parseSourceFile(path, source)]));
  assert.deepEqual(undocumentedExports(files, ["packages/x/src/index.ts"]), [
    `packages/x/src/a.ts: "unsaid" is exported without a TSDoc comment`,
    `packages/x/src/deep/b.ts: "b" is exported without a TSDoc comment`,
  ]);
});

test.run();
