import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyForms, serviceApp, tokenRequests } from "../support/credentials.ts";
import { connect, withJourney } from "../support/journey.ts";
import { readSomeone, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";

const test = suite("a service app's credential");
const user = "user000001@example.com";

/** Every regular file below a directory. */
function filesBelow(directory: string): readonly string[] {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return names.map((name) => join(directory, name)).filter((file) => statSync(file).isFile());
}

test(
  "is set from a key file, works here and through an agent, and stands in no file and no answer",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5 })]);
      await connect(controller.api, org);
      await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
      const key = keyForms["an EC key as a JWK"]();
      const { client } = await serviceApp(org, { key, scopes: ["okta.users.manage", "okta.groups.read"], dpop: true });
      const file = join(journey.directory, "key.jwk");
      writeFileSync(file, key.privateKey);
      const set = await controller.longarm("credentials", "set", "sandbox", "--oauth", client.clientId, "--key", `@${file}`);
      assert.deepEqual([set.code, set.stdout], [0, "sandbox changed\n"]);

      for (const on of ["local", "labels.site == 'hq'"]) {
        const { code, stdout } = await controller.longarm("run", "okta.user.get", "--set", `user=${user}`, "--on", on);
        assert.equal(code, 0);
        assert.match(stdout, /user000001@example\.com/);
        const tested = await controller.longarm("connections", "test", "sandbox", "--on", on);
        assert.equal(tested.code, 0, tested.stderr);
        assert.match(tested.stdout, /^org +00o\w+ \(http:\/\/127\.0\.0\.1:\d+\)$/m);
        assert.match(tested.stdout, new RegExp(`^as +app ${client.clientId}$`, "m"));
        assert.match(tested.stdout, /^scopes +2 granted: okta\.groups\.read, okta\.users\.manage$/m);
        assert.match(tested.stdout, /^missing +okta\.apps\.manage, .*okta\.groups\.manage, .*; actions that need them will be refused$/m);
      }

      const shown = await controller.longarm("credentials", "ls", "--json");
      assert.match(shown.stdout, new RegExp(client.clientId));
      const secret = (JSON.parse(key.privateKey) as { d: string }).d;
      const written = filesBelow(journey.directory).filter((name) => name !== file);
      assert.ok(written.length > 10);
      assert.deepEqual(
        written.filter((name) => readFileSync(name).includes(secret)),
        [],
      );
      assert.ok(!`${shown.stdout}${set.stdout}${set.stderr}`.includes(secret));
    }),
  { timeoutMs: 60_000 },
);

test("is tried once when the org does not accept its key, here and through an agent", () =>
  withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5 })]);
    await connect(controller.api, org);
    await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
    const { client } = await serviceApp(org);
    const body = { scheme: "oauth", clientId: client.clientId, privateKey: keyForms["an EC key as PEM"]().privateKey };
    await controller.api.ask("PUT", "/v1/credentials/sandbox", { body });
    for (const [before, on] of ["local", "labels.site == 'hq'"].entries()) {
      const run = await submit(controller.api, { ...readSomeone, on });
      assert.deepEqual([run.status, run.error?.code], ["failed", "authentication_failed"]);
      assert.equal(await tokenRequests(org), before + 1);
    }
  }));

test("tells whom an API token belongs to, and how far the clocks differ", () =>
  withJourney(async (journey) => {
    const clock = { nowMs: () => Date.now() + 90_000, monotonicMs: () => performance.now(), sleep: () => Promise.resolve() };
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 1, clock })]);
    await connect(controller.api, org);
    const { code, stdout } = await controller.longarm("connections", "test", "sandbox");
    assert.equal(code, 0);
    assert.match(stdout, /^as +user admin@example\.com$/m);
    assert.match(stdout, /^clock +the executor's is (?:89|90|91) s behind the org's; set it right$/m);
  }));

test("is refused with every fault at once when it is not complete", () =>
  withJourney(async (journey) => {
    const controller = await journey.controller();
    const put = (body: unknown) =>
      controller.api.ask("PUT", "/v1/credentials/app", { body }).then(
        () => undefined,
        (error: { details: unknown }) => error.details,
      );
    assert.deepEqual(await put({ scheme: "oauth", token: "00x" }), {
      faults: [
        { in: "body", pointer: "/clientId", problem: "is missing; the scheme oauth needs it" },
        { in: "body", pointer: "/privateKey", problem: "is missing; the scheme oauth needs it" },
        { in: "body", pointer: "/token", problem: "does not belong to the scheme oauth" },
      ],
    });
    const publicKey = createPublicKey(keyForms["an EC key as PEM"]().privateKey).export({ type: "spki", format: "pem" });
    for (const [privateKey, says] of [
      ["00x", /^cannot be read as PEM; give an RSA key/],
      [publicKey, /^is in truth a public key; give the private one/],
    ] as const) {
      const { faults } = (await put({ scheme: "oauth", clientId: "0oa1", privateKey })) as { faults: readonly { problem: string }[] };
      assert.match(faults[0]?.problem ?? "", says);
    }
  }));

test.run();
