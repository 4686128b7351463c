import { deepEqual, equal, ok } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { findJsonFault } from "./json-body.ts";

const test = suite("json body");

const faulty: readonly [text: string, line: number, column: number, problem: string][] = [
  ['{"a":}', 1, 6, "expected value, but something else stands here"],
  ['{"a":1,}', 1, 8, "expected name, but something else stands here"],
  ['{\n  "a": 1\n  "b": 2}', 3, 3, 'expected "," or "}", but something else stands here'],
  ["{'a': 1}", 1, 2, "expected name or }, but something else stands here"],
  ['{"a" 1}', 1, 6, "expected :, but something else stands here"],
  ["[1, 2", 1, 6, 'expected "," or "]", but the text ends here'],
  ["[1,]", 1, 4, "expected value, but something else stands here"],
  ["[", 1, 2, "expected value or ], but the text ends here"],
  ["  ", 1, 3, "expected value, but the text ends here"],
  ["{} x", 1, 4, "expected end, but something else stands here"],
  ["01", 1, 2, "expected end, but something else stands here"],
  ['"a\nb"', 1, 1, "expected value, but something else stands here"],
  ['["a\\x"]', 1, 2, "expected value or ], but something else stands here"],
  ["nul", 1, 1, "expected value, but something else stands here"],
];

test("finds the place where a text stops being JSON", () => {
  for (const [text, line, column, problem] of faulty) {
    const fault = findJsonFault(text);
    deepEqual(fault && { line: fault.line, column: fault.column, problem: fault.problem }, { line, column, problem }, text);
  }
});

test("agrees with the engine on what is JSON", () => {
  const texts = [
    '{"a":[1,-0.5e+3,{"b":null}],"":"\\u00e9\\n"}',
    "[]",
    "{}",
    ' "x" ',
    "-0",
    "1e5",
    "[[],[{}]]",
    "true",
    ...faulty.map(([text]) => text),
  ];
  for (const text of texts) {
    const isJson = (): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    equal(findJsonFault(text) === undefined, isJson(), text);
  }
});

test("finds a fault behind a hundred thousand open brackets", () => {
  const fault = findJsonFault("[".repeat(100_000));
  ok(fault);
  equal(fault.position, 100_000);
});

test.run();
