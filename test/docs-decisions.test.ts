import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "./support/suite.ts";

const test = suite("docs/adr");
const folder = join(import.meta.dirname, "../docs/adr");
const files = readdirSync(folder).toSorted();

test("numbers each decision once, without a gap", () => {
  assert.deepEqual(
    files.map((file) => Number(file.slice(0, 4))),
    files.map((_, index) => index + 1),
  );
});

test("gives every decision a title with its number, a status, a context, what was decided and what follows", () => {
  for (const file of files) {
    const page = readFileSync(join(folder, file), "utf8");
    assert.match(page, new RegExp(`^# ${Number(file.slice(0, 4))}\\. .+\\n\\nStatus: \\w+`), file);
    for (const part of ["Context", "Decision", "Consequences"]) assert.match(page, new RegExp(`^## ${part}$`, "m"), `${file}: ${part}`);
  }
});

test.run();
