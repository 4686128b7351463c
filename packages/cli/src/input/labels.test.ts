import { deepEqual, throws } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { readLabels } from "./labels.ts";

const test = suite("labels on the command line");

test("are a text, or a list where a comma stands", () => {
  deepEqual(readLabels(["site=hq", "capabilities=rest,okta", "tier=prod,", "note=a=b"]), {
    site: "hq",
    capabilities: ["rest", "okta"],
    tier: ["prod"],
    note: "a=b",
  });
});

test("are refused without a value, under a name that is none, and twice", () => {
  for (const texts of [["site"], ["site="], ["1site=hq"], ["site=hq", "site=branch"]]) {
    throws(() => readLabels(texts), { code: "invalid_usage" });
  }
});

test.run();
