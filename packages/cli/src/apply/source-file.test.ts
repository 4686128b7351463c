import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceRow } from "@longarm/sync/apply";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { openSource } from "./source-file.ts";

const test = suite("reading a file of people");

async function rowsOf(name: string, text: string, delimiter = ","): Promise<readonly SourceRow[]> {
  const rows: SourceRow[] = [];
  await withTemporaryDirectory(async (directory) => {
    const file = join(directory, name);
    writeFileSync(file, text);
    const source = await openSource(file, delimiter);
    const [one, two] = [await source.read((row) => rows.push(row), neverAborted), await source.read(() => undefined, neverAborted)];
    assert.equal(one, two);
  });
  return rows;
}

const neverAborted = new AbortController().signal;

test("takes CSV with quotes, blanks, a mark of its order, and lines of any end", async () => {
  assert.deepEqual(await rowsOf("p.csv", '\uFEFFmail,first\r\n a@x , "Ada ""A"""\r\n\r\nb@x,"Bob\nII"\r\n'), [
    { row: 2, cells: { mail: "a@x", first: 'Ada "A"' } },
    { row: 5, cells: { mail: "b@x", first: "Bob\nII" } },
  ]);
  assert.deepEqual(await rowsOf("p.CSV", "mail;first\na@x;Ada, A", ";"), [{ row: 2, cells: { mail: "a@x", first: "Ada, A" } }]);
});

test("keeps a row with too few or too many cells apart, and goes on", async () => {
  const rows = await rowsOf("p.csv", "mail,first\na@x\nb@x,Bob,x\nc@x,Cyd\n");
  assert.deepEqual(rows, [
    { row: 2, fault: "it has 1 cells where the first line has 2" },
    { row: 3, fault: "it has 3 cells where the first line has 2" },
    { row: 4, cells: { mail: "c@x", first: "Cyd" } },
  ]);
});

test("takes a JSON object a line, and keeps lines that are none apart", async () => {
  const text = '{"mail":"a@x","age":7}\n\nnonsense\n[1]\n{"mail":null}';
  assert.deepEqual(await rowsOf("p.ndjson", text), [
    { row: 1, cells: { mail: "a@x", age: 7 } },
    { row: 3, fault: "it is not JSON" },
    { row: 4, fault: "it is no object with a member per column" },
    { row: 5, cells: { mail: null } },
  ]);
});

const refused: readonly (readonly [what: string, name: string, text: string, message: RegExp])[] = [
  ["a quote that is never closed", "p.csv", 'mail,first\na@x,"Ada\n', /is not CSV throughout, so none of it was taken: .*line 2/],
  ["two columns of one name", "p.csv", "mail,mail\n", /two columns that are named "mail"/],
  ["an empty file", "p.csv", "", /is empty; its first line names the columns/],
  ["another kind of file", "p.xlsx", "x", /is neither a \.csv nor an \.ndjson file/],
];
for (const [what, name, text, message] of refused) {
  test(`refuses ${what}`, () => assert.rejects(rowsOf(name, text), { message }));
}

test("says that a file is not there", async () => {
  await assert.rejects(openSource("/nowhere/p.csv", ","), { code: "invalid_usage", message: /cannot be read: there is no such file/ });
});

test.run();
