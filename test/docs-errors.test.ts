import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorSentences } from "@longarm/shared";
import { errorPage } from "../tools/generate-error-docs.ts";
import { suite } from "./support/suite.ts";

const test = suite("docs/ERRORS.md");

test("says what the code says", () => {
  const written = readFileSync(join(import.meta.dirname, "../docs/ERRORS.md"), "utf8");
  assert.equal(written, errorPage(), "run `node tools/generate-error-docs.ts > docs/ERRORS.md`");
});

test("has one row for every code, in alphabetical order", () => {
  const rows = [...errorPage().matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(rows, Object.keys(errorSentences).toSorted());
});

test.run();
