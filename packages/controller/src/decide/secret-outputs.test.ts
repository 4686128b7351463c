import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { judgeReading, secretsReadableMs, type SecretOutputs, type SecretsVerdict } from "./secret-outputs.ts";

const test = suite("who is given a run's secret outputs");
const endedAtMs = 1_800_000_000_000;
const fresh: SecretOutputs = { submitter: "ada", state: { endedAtMs, secretsRead: null }, areThere: true };
const read = { principal: "ada", atMs: endedAtMs + 5 };

const cases: readonly [
  title: string,
  of: Partial<SecretOutputs>,
  asked: { principal?: string; afterMs?: number },
  verdict: SecretsVerdict,
][] = [
  ["the submitter, right after the end", {}, {}, { kind: "given" }],
  ["the submitter, in the last millisecond", {}, { afterMs: secretsReadableMs }, { kind: "given" }],
  ["the submitter, though another controller's clock lags behind the end", {}, { afterMs: -2_000 }, { kind: "given" }],
  ["nobody when the time has passed", {}, { afterMs: secretsReadableMs + 1 }, { kind: "tooLate", untilMs: endedAtMs + secretsReadableMs }],
  ["nobody else", {}, { principal: "bob" }, { kind: "notTheirs" }],
  ["nobody where a trigger started the run", { submitter: "trigger:hire" }, { principal: "trigger:hire" }, { kind: "notTheirs" }],
  [
    "nobody else, who is not told that they were read",
    { state: { endedAtMs, secretsRead: read } },
    { principal: "bob" },
    { kind: "notTheirs" },
  ],
  [
    "nobody twice, who is told by whom and when they were read",
    { state: { endedAtMs, secretsRead: read } },
    {},
    { kind: "readBefore", ...read },
  ],
  [
    "nobody twice, also when the time has passed",
    { state: { endedAtMs, secretsRead: read } },
    { afterMs: secretsReadableMs + 1 },
    { kind: "readBefore", ...read },
  ],
  ["nobody while the run goes on", { state: { endedAtMs: null, secretsRead: null } }, {}, { kind: "unfinished" }],
  ["nobody where there are none", { areThere: false }, {}, { kind: "none" }],
];

for (const [title, of, { principal = "ada", afterMs = 0 }, verdict] of cases)
  test(title, () => {
    assert.deepEqual(judgeReading({ ...fresh, ...of }, { principal, nowMs: endedAtMs + afterMs }), verdict);
  });

test("the time is fifteen minutes", () => {
  assert.equal(secretsReadableMs, 900_000);
});

test.run();
