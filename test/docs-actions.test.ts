import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { actionPage } from "../tools/generate-action-docs.ts";
import { suite } from "./support/suite.ts";

const test = suite("docs/ACTIONS.md");

test("says what the catalogue says", () => {
  const written = readFileSync(join(import.meta.dirname, "../docs/ACTIONS.md"), "utf8");
  assert.equal(written, actionPage(), "run `node tools/generate-action-docs.ts > docs/ACTIONS.md`");
});

test("has a section for each of the 51", () => {
  const names = [...actionPage().matchAll(/^### (okta\.\S+)$/gm)].map(([, name]) => name);
  assert.deepEqual([names.length, new Set(names).size], [51, 51]);
});

test.run();
