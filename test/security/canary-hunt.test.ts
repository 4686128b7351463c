import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { Secret } from "@longarm/shared";
import { withTemporaryDirectory } from "../support/directories.ts";
import { huntBelow, huntIn } from "../support/hunt.ts";
import { suite } from "../support/suite.ts";
import { defineConnections, newCanaries } from "./canaries.fixture.ts";
import { askEverything, hearEverything, runEverything } from "./canary-runs.fixture.ts";
import { withTalkativeInstallation } from "./talkative-installation.fixture.ts";

const test = suite("the hunt for canaries");

/** The files that are there to hold a secret, and which; they also show that the hunt does find. */
const meant = [/^data\/admin\.key: the administrator's key as /, /^signer\/trust\.json: the signer's (root|signing|sealing) key as /];
/** Every kind of secret that there is; each must have been at work, or it was not looked for. */
const kinds = [
  ...["the org's token", "a service app's key", "an access token", "a password", "a temporary password", "an activation token"],
  ...["a hook's secret", "the administrator's key", "an API key", "a join token", "a join token's secret", "a login code"],
  ...["the key of a login", "the signer's root key", "the signer's signing key", "the signer's sealing key"],
];

test(
  "finds no secret in any file, log, answer or bundle that a whole run leaves at trace, and no data in files, logs and bundle",
  async () => {
    const canaries = newCanaries();
    const { secrets, data } = canaries;
    let found: ReturnType<typeof huntBelow> = { files: 0, hits: [] };
    const { printed, answers } = await withTalkativeInstallation(
      canaries,
      async (of) => {
        await defineConnections(of, canaries);
        const hearing = await hearEverything(of);
        await askEverything(of, await runEverything(of, canaries));
        hearing.end();
      },
      (directory) => (found = huntBelow(directory, { ...secrets, ...data })),
    );
    assert.deepEqual(Object.keys(secrets).toSorted(), kinds.toSorted());
    for (const file of meant) assert.ok(found.hits.some((hit) => file.test(hit)));
    assert.deepEqual(
      found.hits.filter((hit) => !meant.some((file) => file.test(hit))),
      [],
    );
    assert.ok(found.files > 25, `only ${found.files} files were there`);
    for (const [process, text] of Object.entries(printed)) {
      assert.ok(text.split("\n").length > (process === "signer" ? 1 : 5), `the ${process} was not talkative: ${text}`);
      assert.deepEqual(huntIn(Buffer.from(text), { ...secrets, ...data }), [], process);
    }
    assert.match(printed.installation, /An HTTP request leaves/);
    assert.ok(answers.length > 60, `only ${answers.length} answers were looked at`);
    assert.deepEqual(
      answers.flatMap(({ what, text }) => huntIn(Buffer.from(text), secrets).map((hit) => `${what}: ${hit}`)),
      [],
    );
  },
  { timeoutMs: 120_000 },
);

test("would find a canary in each of its forms, also within what is compressed", () =>
  withTemporaryDirectory((directory) => {
    const secret = "canary+/ü-0123456789";
    const bytes = Buffer.from(secret);
    const forms: Readonly<Record<string, string | Buffer>> = {
      raw: `x${secret}y`,
      hex: bytes.toString("hex"),
      base64: Buffer.from(`{"a":"${secret}"}`).toString("base64"),
      base64url: Buffer.from(`ab${secret}c`).toString("base64url"),
      url: encodeURIComponent(secret),
      gzip: Buffer.concat([Buffer.from("before"), gzipSync(`a ${secret} b`)]),
    };
    for (const [form, content] of Object.entries(forms)) {
      mkdirSync(join(directory, form));
      writeFileSync(join(directory, form, "file"), content);
      assert.equal(huntBelow(join(directory, form), { secret }).hits.length > 0, true, form);
    }
  }));

test("is not needed for a secret that is printed by mistake: it shows as ***", () => {
  const secret = new Secret("tell-nobody");
  const error = Object.assign(new Error(`failed with ${String(secret)}`), { secret, nested: { list: [secret] } });
  const shown = [
    String(secret),
    JSON.stringify({ secret, list: [secret] }),
    inspect({ secret, map: new Map([["a", secret]]) }, { depth: 9, showHidden: true }),
    inspect(error, { depth: 9 }),
    error.stack ?? "",
    String([secret]),
    "".concat(secret as unknown as string),
    JSON.stringify(structuredClone({ ...{ text: secret.toString() } })),
  ];
  assert.deepEqual(
    shown.filter((text) => text.includes("tell-nobody") || !text.includes("***")),
    [],
  );
});

test.run();
