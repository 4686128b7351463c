import { equal } from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { html, prose } from "./html.ts";

const test = suite("templates of HTML");

test("whatever is put into a template is text, unless it is HTML already", () => {
  equal(
    html`<p title="${'"a"'}">${"<b>&'"}${html`<i>${1}</i>`}${[undefined, ["x", "<"]]}</p>`.text,
    '<p title="&quot;a&quot;">&lt;b&gt;&amp;&#39;<i>1</i>x&lt;</p>',
  );
});

test("backquotes in prose mark code", () => {
  equal(prose("Send `a<b` once.").text, "Send <code>a&lt;b</code> once.");
});

test.run();
