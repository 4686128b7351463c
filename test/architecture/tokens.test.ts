import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { findImports } from "./imports.ts";
import { tokenize } from "./tokens.ts";

const test = suite("the tokenizer of the architecture test");

const kinds = (source: string) => tokenize(source).map(({ kind, text }) => `${kind} ${text}`);
const specifiers = (source: string) => findImports(tokenize(source)).map(({ specifier }) => specifier);

test("sees words in code and not in strings, comments, templates and regular expressions", () => {
  const source = 'a; "b"; // c\n/* d */ `e ${f({ g: `h ${i}` })} j`; /k"l/g.test(m / n / o); \'p\'';
  const words = tokenize(source).flatMap(({ kind, text }) => (kind === "word" ? [text] : []));
  assert.deepEqual(words, ["a", "f", "g", "i", "test", "m", "n", "o"]);
});

test("cuts a template at its expressions", () => {
  assert.deepEqual(kinds("`a${b}c${d}`"), ["template `a${", "word b", "template }c${", "word d", "template }`"]);
});

test("tells a regular expression from a division", () => {
  assert.deepEqual(kinds("x = a / b; y = /c/;").slice(2, 5), ["word a", "punctuator /", "word b"]);
  assert.ok(kinds("x = a / b; y = /c[/]d/;").includes("regex /c[/]d/"));
});

test("counts lines", () => {
  const lines = tokenize("a\n/* x\n */ b\n`\n` c").map(({ text, line }) => [text.trim(), line]);
  assert.deepEqual(
    lines.filter(([text]) => /^[abc]$/.test(String(text))),
    [
      ["a", 1],
      ["b", 3],
      ["c", 5],
    ],
  );
});

test("finds every kind of import", () => {
  const source = `
    import "a"; import b from "b"; import { c, type d } from "c"; import * as e from "e"; import type { F } from "f";
    export * from "g"; export { h } from "h"; export type { I } from "i"; export * as j from "j";
    const k = await import("k"); type L = import("l").L; import m, { n } from 'm'
    export const from = "no";`;
  assert.deepEqual(specifiers(source), ["a", "b", "c", "e", "f", "g", "h", "i", "j", "k", "l", "m"]);
});

test("takes nothing for an import that is none", () => {
  const source = `
    const x = import.meta.url; object.import("a"); // import "b";
    const text = 'import "c"'; export { x }; const y = { from: "d" }; export const from = "e"; export function f() { return from("g"); }`;
  assert.deepEqual(specifiers(source), []);
});

test.run();
