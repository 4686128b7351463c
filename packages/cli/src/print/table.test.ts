import { deepEqual, equal, ok } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { table } from "./table.ts";

const test = suite("table");
const heading = (text: string): string => text;
const rows = [
  ["hq-1", "up", "site=hq capabilities=rest,okta"],
  ["branch-1", "paused", "site=branch"],
];

test("gives each column the width of its widest cell", () => {
  const lines = table(["AGENT", "STATE", "LABELS"], rows, { columns: undefined, heading }).trimEnd().split("\n");
  deepEqual(lines, ["AGENT     STATE   LABELS", "hq-1      up      site=hq capabilities=rest,okta", "branch-1  paused  site=branch"]);
});

test("takes from the widest column until a line fits the terminal", () => {
  const lines = table(["AGENT", "STATE", "LABELS"], rows, { columns: 34, heading }).trimEnd().split("\n");
  ok(
    lines.every((line) => line.length <= 34),
    lines.join("\n"),
  );
  equal(lines[1], "hq-1      up      site=hq capabil…");
});

test("leaves no blanks behind the last cell that says something", () => {
  equal(
    table(
      ["A", "B", ""],
      [
        ["x", "", ""],
        ["long", "y", ""],
      ],
      { columns: undefined, heading },
    ),
    "A     B\nx\nlong  y\n",
  );
});

test("lets no cell move the cursor or break its line", () => {
  const text = table(["A"], [["red\u001b[31m\nnext\r"]], { columns: undefined, heading });
  equal(text, "A\nred\uFFFD[31m next\uFFFD\n");
});

test("lets no cell turn the direction of what is read", () => {
  equal(table(["A"], [["hq\u202e1-"]], { columns: undefined, heading }), "A\nhq\uFFFD1-\n");
});

test("changes the look of a cell, never its width", () => {
  const plain = table(["A", "B"], [["x", "y"]], { columns: undefined, heading });
  const seen: [string, number][] = [];
  const cell = (text: string, column: number): string => {
    seen.push([text, column]);
    return text;
  };
  equal(table(["A", "B"], [["x", "y"]], { columns: undefined, heading, cell }), plain);
  deepEqual(seen, [
    ["x", 0],
    ["y", 1],
  ]);
});

test.run();
