import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { LongarmError } from "@longarm/shared";
import type { Auth } from "@longarm/shared/rest";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { type CredentialSettings, checkCredentialSettings, type SiteCredential } from "./settings.ts";
import { SiteCredentials } from "./site-credentials.ts";

const test = suite("the credentials of an agent's site");

const origins = ["https://acme.okta.com"];
const reference = { name: "prod", scopes: ["okta.users.read"], tokenPath: "/oauth2/v1/token" };

interface Site {
  readonly credentials: SiteCredentials;
  readonly clock: ManualClock;
  token(of?: typeof reference, baseUrl?: string): Promise<string>;
}

function site(prod: Partial<SiteCredential>, more: Partial<CredentialSettings> & { environment?: Record<string, string> } = {}): Site {
  const clock = new ManualClock();
  const { environment = {}, ...rest } = more;
  const settings: CredentialSettings = { credentials: { prod: { origins, ttl: 300_000, ...prod } }, helpers: {}, ...rest };
  const credentials = new SiteCredentials({ settings, environment, vault: undefined, clock });
  const token = async (of = reference, baseUrl = "https://acme.okta.com") => tokenOf(await credentials.resolve(of, baseUrl));
  return { credentials, clock, token };
}

function tokenOf(auth: Auth): string {
  return auth.scheme === "ssws" ? auth.token.reveal() : assert.fail(`the scheme is ${auth.scheme}`);
}

async function faultOf(asked: Promise<unknown>): Promise<LongarmError> {
  return asked.then(
    () => assert.fail("it was resolved"),
    (reason: unknown) => LongarmError.from(reason),
  );
}

const node = (script: string) => ({ helpers: { keeper: { command: [process.execPath, "-e", script], timeout: 5_000 } } });

test("are read from the environment, a file and a helper program", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "token");
    writeFileSync(file, "from-file\n");
    assert.equal(await site({ token: "env:OKTA" }, { environment: { OKTA: "from-env" } }).token(), "from-env");
    assert.equal(await site({ token: `file:${file}` }).token(), "from-file");
    assert.equal(await site({ token: "exec:keeper" }, node("console.log('from-helper')")).token(), "from-helper");
  }));

test("go to the origins alone that their definition lists, whatever the controller asks", async () => {
  const { token } = site({ token: "env:OKTA" }, { environment: { OKTA: "t" } });
  for (const elsewhere of [
    "https://evil.example",
    "http://acme.okta.com",
    "https://acme.okta.com:8443",
    "https://acme.okta.com.evil.example",
  ]) {
    const fault = await faultOf(token(reference, elsewhere));
    assert.deepEqual([fault.code, fault.details["reason"]], ["credential_unresolved", "origin_not_listed"], elsewhere);
  }
  assert.equal(await token(reference, "https://acme.okta.com/a/prefix"), "t");
});

test("are those of the configuration: a name that looks like a source leads nowhere", async () => {
  const { token, credentials } = site({ token: "env:OKTA" }, { environment: { OKTA: "t", PATH: "/bin" } });
  for (const name of ["env:PATH", "file:/etc/passwd", "exec:keeper", "__proto__", "constructor", ""]) {
    assert.equal((await faultOf(token({ ...reference, name }))).details["reason"], "unknown_here", name);
  }
  assert.deepEqual(credentials.names, ["prod"]);
});

test("may be a service app, whose scopes and token endpoint the site decides when it says anything of them", async () => {
  const app = { clientId: "0oa", privateKey: "env:KEY", keyId: "k1" };
  const environment = { KEY: "the key" };
  const open = await site(app, { environment }).credentials.resolve(reference, "https://acme.okta.com");
  const narrow = await site({ ...app, scopes: ["okta.groups.read"] }, { environment }).credentials.resolve(
    reference,
    "https://acme.okta.com",
  );
  assert.ok(open.scheme === "oauth" && narrow.scheme === "oauth");
  assert.deepEqual([open.client.clientId, open.client.keyId, open.client.tokenPath], ["0oa", "k1", "/oauth2/v1/token"]);
  assert.deepEqual([open.client.scopes, narrow.client.scopes], [["okta.users.read"], ["okta.groups.read"]]);
});

test("are kept for their time, and read anew at once when the target refused them", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "token");
    const { credentials, clock, token } = site({ token: `file:${file}`, ttl: 10_000 });
    writeFileSync(file, "first");
    await token();
    writeFileSync(file, "second");
    assert.equal(await token(), "first");
    await clock.advance(2_000);
    credentials.mistrust(reference);
    assert.equal(await token(), "second");
    writeFileSync(file, "third");
    await clock.advance(10_000);
    assert.equal(await token(), "third");
  }));

test("are read once for all who ask together", async () => {
  const counted = node("require('fs').appendFileSync(process.argv[1], 'x'); console.log('t')");
  await withTemporaryDirectory(async (directory) => {
    const file = join(directory, "count");
    const { command, timeout } = counted.helpers.keeper;
    const { token } = site({ token: "exec:keeper" }, { helpers: { keeper: { command: [...command, file], timeout } } });
    await Promise.all(Array.from({ length: 20 }, () => token()));
    const { readFileSync } = await import("node:fs");
    assert.equal(readFileSync(file, "utf8"), "x");
  });
});

test("are given by a helper that sees nothing of the agent's environment and needs no shell", async () => {
  const environment = { SECRET_OF_ANOTHER: "x", PATH: process.env["PATH"] ?? "" };
  const helpers = node("console.log(process.env.SECRET_OF_ANOTHER ?? 'nothing')").helpers;
  assert.equal(await site({ token: "exec:keeper" }, { helpers, environment }).token(), "nothing");
  const words = { keeper: { command: [process.execPath, "-e", "console.log(process.argv[1])", "$(id); `id`"], timeout: 5_000 } };
  assert.equal(await site({ token: "exec:keeper" }, { helpers: words }).token(), "$(id); `id`");
});

test("leave nothing of themselves in what is told of a failure", async () => {
  const failing = node("console.log('canary-out'); console.error('canary-err'); process.exit(3)");
  const fault = await faultOf(site({ token: "exec:keeper" }, failing).token());
  assert.match(fault.message, /^The helper "keeper" failed \(exit 3\)\.$/);
  assert.ok(!inspect(fault, { depth: 9 }).includes("canary"));
  const slow = { helpers: { keeper: { command: [process.execPath, "-e", "setTimeout(() => 0, 60000)"], timeout: 50 } } };
  assert.match((await faultOf(site({ token: "exec:keeper" }, slow).token())).message, /not done after 50 ms/);
  assert.match((await faultOf(site({ token: "env:OKTA" }).token())).message, /^The environment variable OKTA is not set\.$/);
});

test("are refused at the start when they are half defined or lead nowhere", () => {
  const faults = (credentials: Record<string, Partial<SiteCredential>>, more: Partial<CredentialSettings> = {}): string => {
    const whole = Object.fromEntries(Object.entries(credentials).map(([name, one]) => [name, { origins, ttl: 1, ...one }]));
    try {
      checkCredentialSettings({ credentials: whole, helpers: {}, ...more });
      return "";
    } catch (reason) {
      return LongarmError.from(reason).message;
    }
  };
  assert.match(faults({ a: {} }), /credentials\.a needs either/);
  assert.match(faults({ a: { token: "env:A", clientId: "0oa" } }), /needs either/);
  assert.match(faults({ a: { clientId: "0oa" } }), /needs both/);
  assert.match(faults({ a: { token: "env:A", scopes: ["x"] } }), /belong to a service app/);
  assert.match(faults({ a: { token: "exec:none" }, b: { token: "vault:none" } }), /helper "none".*Vault secret "none"/);
  const vault = { address: "https://v", timeout: 1, secrets: {} };
  assert.match(faults({}, { vault }), /exactly one of/);
  assert.equal(faults({ a: { token: "env:A" } }), "");
});

test.run();
