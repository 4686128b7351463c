import assert from "node:assert/strict";
import type { LookupFunction } from "node:net";
import { Secret } from "@longarm/shared";
import { suite } from "../support/suite.ts";
import { Canary, namesAs, SiteAgent, type Verdict, type Wish } from "./site-agent.fixture.ts";
import * as vectors from "./ssrf-vectors.ts";

const test = suite("requests that would lead an agent astray");

const here = "127.0.0.1";
// Another address of this machine: where a request may go in these tests.
const elsewhere = "127.0.0.2";
let tried = 0;

interface Place {
  readonly canary: Canary;
  /** Puts the canary's port into a vector, and that of the allowed target. */
  readonly fill: (text: string) => string;
  readonly allowed: Canary;
}

/** Runs `use` with a canary and, at another address and port, a target that may be asked. */
async function withCanary(use: (place: Place) => Promise<void>, redirectTo?: string): Promise<void> {
  const canary = await Canary.open(here, 0);
  const redirect = `HTTP/1.1 302 Found\r\nlocation: ${redirectTo?.replaceAll("PORT", String(canary.port))}\r\nrefresh: 0\r\ncontent-length: 0\r\n\r\n`;
  const allowed = await (redirectTo === undefined ? Canary.open(elsewhere, 0) : Canary.open(elsewhere, 0, redirect));
  const fill = (text: string): string => text.replaceAll("PORT", String(canary.port)).replaceAll("ALLOWED", String(allowed.port));
  try {
    await use({ canary, allowed, fill });
    assert.equal(canary.connections, 0, canary.heard);
  } finally {
    await canary.close();
    await allowed.close();
  }
}

async function withAgent(policy: string, lookup: LookupFunction, use: (agent: SiteAgent) => Promise<void>): Promise<void> {
  const agent = new SiteAgent(policy, lookup);
  try {
    await use(agent);
  } finally {
    await agent.close();
  }
}

/** Tries each wish as an agent would, and once more with nothing but the executor's own gate; neither may get an answer. */
async function noneLeaves(agent: SiteAgent, wishes: readonly Wish[]): Promise<readonly Verdict[]> {
  tried += wishes.length;
  const verdicts: Verdict[] = [];
  for (const wish of wishes) {
    for (const verdict of [await agent.attempt(wish), await agent.force(wish)]) {
      const isHarmless = verdict.kind === "unread" || (verdict.kind === "failed" && verdict.delivery === "not_sent");
      assert.ok(isHarmless, `${JSON.stringify(wish)}: ${JSON.stringify(verdict)}`);
      verdicts.push(verdict);
    }
  }
  return verdicts;
}

const ruleFor = (origin: string, addresses: string): string =>
  `rules: [{name: users, origins: ["${origin}"], allow: ["GET /api/v1/users/{id}"], addresses: [${addresses}]}]`;

test("no other host is asked than the one that is listed, and no name but its own is looked up", () =>
  withCanary(({ fill }) => {
    const asked = new Set<string>();
    const lookup: LookupFunction = (host, _options, callback) => {
      asked.add(host);
      callback(null, here, 4);
    };
    const ports = ["", ":PORT"];
    const inside = vectors.insideHosts.flatMap((host) => vectors.schemes.flatMap((scheme) => ports.map((port) => scheme + host + port)));
    const like = vectors.likeHosts.map((host) => `https://${host}`);
    const strange = vectors.strangeSchemes.flatMap((scheme) => [`${scheme}//127.0.0.1:PORT/`, `${scheme}//acme.okta.com/`]);
    return withAgent(ruleFor("https://acme.okta.com", "public"), lookup, async (agent) => {
      await noneLeaves(
        agent,
        [...inside, ...like, ...strange].map((baseUrl) => ({ baseUrl: fill(baseUrl) })),
      );
      assert.deepEqual(
        [...asked].filter((host) => host !== "acme.okta.com"),
        [],
      );
    });
  }));

test("a listed host is not asked where its name leads to an address that is not listed, in whatever form name servers give it", () =>
  withCanary(async ({ canary }) => {
    const inside = [
      ...["127.0.0.1", "0.0.0.0", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "168.63.129.16", "::1", "::"],
      ...["::ffff:127.0.0.1", "::ffff:7f00:1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "fe80::1", "fc00::1"],
      ...[
        "fd00:ec2::254",
        "::ffff:0:127.0.0.1",
        "2001:470::5efe:7f00:1",
        "localhost",
        "0x7f000001",
        "2130706433",
        "127.1",
        "",
        "127.0.0.1\u0000",
      ],
    ];
    const names = inside.map((_, at) => `n${at}.test`);
    const table = Object.fromEntries(names.map((name, at) => [name, [[inside[at] as string], [here]]]));
    const origins = names.map((name) => `"http://${name}:${canary.port}"`).join(", ");
    const policy = `rules: [{name: a, origins: [${origins}], allow: ["GET /api/v1/users/{id}"]}]`;
    await withAgent(policy, namesAs(table), async (agent) => {
      await noneLeaves(
        agent,
        names.map((name) => ({ baseUrl: `http://${name}:${canary.port}` })),
      );
    });
  }));

test("an address that is written as the host needs to be listed, too", () =>
  withCanary(async ({ canary }) => {
    const hosts = [here, "[::1]", "[::ffff:7f00:1]", "localhost", "0.0.0.0", elsewhere];
    for (const host of hosts) {
      const origin = `http://${host}:${canary.port}`;
      await withAgent(ruleFor(origin, "public"), namesAs({ localhost: [[here]] }), async (agent) => {
        const [verdict] = await noneLeaves(agent, [{ baseUrl: origin }]);
        assert.equal(verdict?.kind === "failed" && verdict.code, "policy_denied", host);
      });
    }
  }));

test("a name that leads elsewhere a moment later gains nothing: the connection goes to the address that was looked at", () =>
  withCanary(async ({ canary }) => {
    // Where both listen on the same port, the address alone makes the difference.
    const closing = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
    const decoy = await Canary.open(elsewhere, canary.port, closing);
    const answers = [[elsewhere], [here], [here, elsewhere], [elsewhere, here], [here], ["::1", here, elsewhere], [elsewhere], [here]];
    try {
      const origin = `http://rebind.test:${canary.port}`;
      await withAgent(ruleFor(origin, `${elsewhere}/32`), namesAs({ "rebind.test": answers }), async (agent) => {
        const verdicts: string[] = [];
        for (const _ of [...answers, ...answers]) {
          const verdict = await agent.attempt({ baseUrl: origin });
          verdicts.push(verdict.kind === "failed" ? verdict.code : verdict.kind);
          tried += 1;
        }
        const expected = answers.map((found) => (found.includes(elsewhere) ? "answered" : "policy_denied"));
        assert.deepEqual(verdicts.slice(0, answers.length), expected);
        assert.equal(decoy.connections, verdicts.filter((verdict) => verdict === "answered").length);
      });
    } finally {
      await decoy.close();
    }
  }));

test("no other path, method or effect gets through, however it is spelt", () =>
  withCanary(({ allowed, fill }) => {
    const baseUrl = `http://${elsewhere}:${allowed.port}`;
    return withAgent(ruleFor(baseUrl, elsewhere), namesAs({}), async (agent) => {
      const paths = vectors.paths.flatMap((path) =>
        ["", "/api", "/api/v1/users/.."].map((prefix) => ({ baseUrl: baseUrl + prefix, path: fill(path) })),
      );
      const methods = vectors.methods.map((method) => ({ baseUrl, method }));
      const effects = ["converge", "create", "once", "", "READ", "read "].map((effect) => ({ baseUrl, effect }));
      await noneLeaves(agent, [...paths, ...methods, ...effects]);
      assert.equal(allowed.connections, 0, allowed.heard);
    });
  }));

test("no cursor leads away from the list that it belongs to", () =>
  withCanary(({ allowed, fill }) => {
    const baseUrl = `http://${elsewhere}:${allowed.port}`;
    return withAgent(ruleFor(baseUrl, elsewhere), namesAs({}), async (agent) => {
      await noneLeaves(
        agent,
        vectors.cursors.map((resumeAt) => ({ baseUrl, resumeAt: fill(resumeAt) })),
      );
      assert.equal(allowed.connections, 0, allowed.heard);
    });
  }));

test("no access token is asked for elsewhere than where the policy allows", () =>
  withCanary(({ allowed, fill }) => {
    const baseUrl = `http://${elsewhere}:${allowed.port}`;
    const client = { clientId: "c", privateKey: new Secret("k"), scopes: [] };
    const places = [...vectors.paths, "/oauth2/v1/token", "/oauth2/default/v1/token", "/token"];
    return withAgent(ruleFor(baseUrl, elsewhere), namesAs({}), async (agent) => {
      const wishes = places.map((tokenPath): Wish => ({
        baseUrl,
        auth: { scheme: "oauth", client: { ...client, tokenPath: fill(tokenPath) } },
      }));
      await noneLeaves(agent, wishes);
      assert.equal(allowed.connections, 0, allowed.heard);
    });
  }));

test("no header changes where a request goes, or adds one", () =>
  withCanary(({ allowed }) => {
    const baseUrl = `http://${elsewhere}:${allowed.port}`;
    return withAgent(ruleFor(baseUrl, elsewhere), namesAs({}), async (agent) => {
      const named = vectors.headers.map(([name, value]) => ({ baseUrl, headers: Object.fromEntries([[name, value]]) }));
      const valued = vectors.headerValues.flatMap((value) => ["accept", "prefer"].map((name) => ({ baseUrl, headers: { [name]: value } })));
      await noneLeaves(agent, [...named, ...valued]);
      assert.equal(allowed.connections, 0, allowed.heard);
    });
  }));

for (const location of [
  "http://127.0.0.1:PORT/",
  "//127.0.0.1:PORT/",
  "http://localhost:PORT/api/v1/users/1",
  "http://[::ffff:7f00:1]:PORT/",
]) {
  test(`a redirect to ${location} is an answer, and is not followed`, () =>
    withCanary(({ allowed }) => {
      const baseUrl = `http://${elsewhere}:${allowed.port}`;
      return withAgent(ruleFor(baseUrl, "127.0.0.0/8"), namesAs({ localhost: [[here]] }), async (agent) => {
        tried += 1;
        assert.equal((await agent.attempt({ baseUrl })).kind, "answered");
        assert.equal(allowed.connections, 1);
      });
    }, location));
}

test("no proxy that the environment names is used", () =>
  withCanary(({ allowed, fill }) => {
    const baseUrl = `http://${elsewhere}:${allowed.port}`;
    const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "NODE_USE_ENV_PROXY"];
    return withEnvironment(
      Object.fromEntries(names.map((name) => [name, name.startsWith("NODE") ? "1" : fill("http://127.0.0.1:PORT")])),
      () =>
        withAgent(ruleFor(baseUrl, elsewhere), namesAs({}), async (agent) => {
          tried += names.length;
          assert.equal((await agent.attempt({ baseUrl })).kind, "answered");
        }),
    );
  }));

test("that was more than five hundred of them", () => {
  process.stdout.write(`\nfigures: ${tried} requests tried\n`);
  assert.ok(tried >= 500, `${tried} were tried`);
});

async function withEnvironment(variables: Readonly<Record<string, string>>, use: () => Promise<void>): Promise<void> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    await use();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

test.run();
