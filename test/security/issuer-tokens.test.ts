import { deepEqual, equal, match, ok } from "node:assert/strict";
import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import type { IssuerSettings } from "../../packages/controller/src/access/access-schema.ts";
import { OidcIssuer } from "../../packages/controller/src/access/oidc/oidc-issuer.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { type ScriptedController, withScriptedController } from "../support/scripted-controller.ts";
import { suite } from "../support/suite.ts";
import { type LocalIssuer, withIssuer } from "../support/token-issuer.ts";

const test = suite("tokens of issuers");

const grants: IssuerSettings["grants"] = [
  { when: { claim: "groups", has: "operators" }, scopes: ["runs:read", "runs:submit"], connections: ["acme*"] },
  { when: { claim: "scp", has: "longarm.read" }, scopes: ["runs:read"], ownRuns: true },
];

interface World {
  readonly issuer: LocalIssuer;
  readonly controller: ScriptedController;
  readonly clock: ManualClock;
  /** Status and code of a request with this token. */
  ask(token: string, path?: string): Promise<{ status: number; code: string | undefined; detail: string }>;
}

async function withWorld(body: (world: World) => Promise<void>, over: Partial<IssuerSettings> = {}): Promise<void> {
  await withIssuer(async (issuer) => {
    const clock = new ManualClock(Date.now());
    const settings: IssuerSettings = {
      ...{ name: "okta", issuer: issuer.url, audience: "api://longarm", algorithms: ["RS256", "ES256"] },
      ...{ principalClaim: "sub", clockTolerance: 30_000, grants, ...over },
    };
    await withScriptedController(
      async (controller) => {
        const ask: World["ask"] = async (token, path = "/v1/runs") => {
          const response = await fetch(`${controller.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
          const { code, detail = "" } = (await response.json()) as { code?: string; detail?: string };
          return { status: response.status, code, detail };
        };
        await body({ issuer, controller, clock, ask });
      },
      { issuers: [new OidcIssuer(settings, clock)], clock },
    );
  });
}

const operator = { groups: ["everyone", "operators"] };

test("are taken by what their claims grant, under the issuer's and their own name", async () => {
  await withWorld(async ({ issuer, controller, ask }) => {
    const token = await issuer.sign(operator);
    equal((await ask(token)).status, 200);
    deepEqual(controller.runs.listed.at(-1)?.filter, { connections: ["acme*"] });
    equal((await ask(token, "/v1/agents")).code, "forbidden");
    const reader = await issuer.sign({ scp: "openid longarm.read" });
    equal((await ask(reader)).status, 200);
    deepEqual(controller.runs.listed.at(-1)?.filter, { principal: "okta:ada@example.com" });
  });
});

test("that no rule fits are told that nothing is granted to them", async () => {
  await withWorld(async ({ issuer, ask }) => {
    for (const claims of [{}, { groups: ["operator"] }, { groups: "operators-not" }, { scp: ["longarm.reader"] }, { constructor: "x" }]) {
      const { status, detail } = await ask(await issuer.sign(claims));
      equal(status, 403);
      match(detail, /Nothing is granted to "okta:ada@example\.com"/);
    }
  });
});

test("that are forged, expired, early, for others or from others open nothing", async () => {
  await withWorld(async ({ issuer, ask }) => {
    const good = await issuer.sign(operator);
    const now = Math.floor(Date.now() / 1_000);
    const { privateKey } = await generateKeyPair("ES256");
    const [head = "", payload = "", signature = ""] = good.split(".");
    const raised = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, "base64url").toString()), sub: "root" })).toString(
      "base64url",
    );
    const secret = new TextEncoder().encode("the public key as an HMAC secret, which is an old trick");
    const claims = { iss: issuer.url, aud: "api://longarm", sub: "ada", exp: now + 300, ...operator };
    const bad: Record<string, string> = {
      "another's key": await issuer.sign(operator, { key: privateKey }),
      "no signature": new UnsecuredJWT(claims).encode(),
      "a symmetric algorithm": await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "key-1" }).sign(secret),
      "a changed payload": `${head}.${raised}.${signature}`,
      "a cut signature": good.slice(0, -4),
      "an expired one": await issuer.sign({ ...operator, exp: now - 31 }),
      "one without expiry": await issuer.sign({ ...operator, exp: undefined as never }),
      "one without a subject": await issuer.sign({ ...operator, sub: undefined as never }),
      "a subject with a line break": await issuer.sign({ ...operator, sub: "ada\nroot" }),
      "an early one": await issuer.sign({ ...operator, nbf: now + 60 }),
      "another audience": await issuer.sign({ ...operator, aud: "api://other" }),
      "another issuer": await issuer.sign({ ...operator, iss: "https://evil.example.com" }),
    };
    equal((await ask(good)).status, 200);
    for (const [what, token] of Object.entries(bad)) deepEqual((await ask(token)).code, "unauthorized", what);
  });
});

test("are taken within the tolerance of the clock, and no longer", async () => {
  await withWorld(async ({ issuer, clock, ask }) => {
    const now = Math.floor(Date.now() / 1_000);
    const token = await issuer.sign({ ...operator, exp: now + 100 });
    await clock.advance(120_000);
    equal((await ask(token)).status, 200);
    await clock.advance(20_000);
    equal((await ask(token)).code, "unauthorized");
  });
});

test("of a new key are taken at once; made-up key ids make the issuer be asked no more than twice a minute", async () => {
  await withWorld(async ({ issuer, clock, ask }) => {
    equal((await ask(await issuer.sign(operator))).status, 200);
    await clock.advance(31_000);
    await issuer.rotate();
    equal((await ask(await issuer.sign(operator))).status, 200);
    equal(issuer.asked.keys, 2);
    const made = await Promise.all(Array.from({ length: 50 }, (_, n) => issuer.sign(operator, { kid: `made-up-${n}` })));
    for (const { code } of await Promise.all(made.map((token) => ask(token)))) equal(code, "unauthorized");
    equal(issuer.asked.keys, 2);
  });
});

test("of a key that the issuer has withdrawn are refused once its keys were asked for again", async () => {
  await withWorld(async ({ issuer, clock, ask }) => {
    const old = await issuer.sign({ ...operator, exp: Math.floor(Date.now() / 1_000) + 7_200 });
    equal((await ask(old)).status, 200);
    await issuer.rotate({ forget: true });
    await clock.advance(600_000);
    equal((await ask(old)).code, "unauthorized");
  });
});

test("of an issuer that cannot be asked are answered 503, and not taken for wrong; its keys, once known, outlast an outage", async () => {
  await withWorld(async ({ issuer, clock, ask }) => {
    issuer.mood.status = 500;
    const token = await issuer.sign({ ...operator, exp: Math.floor(Date.now() / 1_000) + 90_000 });
    const { status, code, detail } = await ask(token);
    deepEqual([status, code], [503, "issuer_unavailable"]);
    match(detail, /answered 500/);
    issuer.mood.status = 200;
    await clock.advance(4_000);
    equal((await ask(token)).status, 200);
    issuer.mood.status = 500;
    await clock.advance(3_600_000);
    equal((await ask(token)).status, 200);
    await clock.advance(24 * 3_600_000);
    equal((await ask(await issuer.sign({ ...operator, exp: Math.floor(Date.now() / 1_000) + 200_000 }))).code, "issuer_unavailable");
  });
});

test("are not checked with keys of a description that names another issuer, or is too large", async () => {
  await withWorld(async ({ issuer, clock, ask }) => {
    issuer.mood.issuer = "https://evil.example.com";
    match((await ask(await issuer.sign(operator))).detail, /names another issuer/);
    delete issuer.mood.issuer;
    issuer.mood.padding = 300_000;
    await clock.advance(4_000);
    match((await ask(await issuer.sign(operator))).detail, /larger than/);
  });
});

test("are not asked for over a network in the clear", async () => {
  await withWorld(
    async ({ issuer, ask }) => {
      const { code, detail } = await ask(await issuer.sign(operator));
      equal(code, "issuer_unavailable");
      ok(detail.includes("not https"));
    },
    { jwksUri: "http://issuer.example.com/keys" },
  );
});

test("of an algorithm that is not on the list open nothing", async () => {
  await withWorld(async ({ issuer, ask }) => equal((await ask(await issuer.sign(operator))).code, "unauthorized"), {
    algorithms: ["RS256"],
  });
});

test.run();
