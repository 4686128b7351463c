import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import { type SandboxOrg, type SandboxReply, withSandbox } from "../../../../test/support/sandbox.ts";
import { suite } from "../../../../test/support/suite.ts";
import { proves, withHookReceiver } from "../../../../test/support/hook-receiver.ts";

const test = suite("event hooks of the simulated org");
const authScheme = { type: "HEADER", key: "Authorization", value: "open-sesame" };
const hooks = "/api/v1/eventHooks";

interface Hook {
  readonly id: string;
  readonly status: string;
  readonly verificationStatus: string;
  readonly name: string;
  readonly _links: Readonly<Record<string, { readonly href: string }>>;
}

function draft(uri: string, changes: Readonly<Record<string, unknown>> = {}) {
  const config = { uri, headers: [{ key: "x-site", value: "hq" }], authScheme };
  return {
    name: "Applications",
    events: { type: "EVENT_TYPE", items: ["application.lifecycle.activate"] },
    channel: { type: "HTTP", version: "1.0.0", config },
    ...changes,
  };
}

function refusalOf({ body }: SandboxReply): string {
  const { errorCode, errorSummary } = body as { errorCode: string; errorSummary: string };
  return `${errorCode} ${errorSummary}`;
}

async function make(org: SandboxOrg, uri = "https://hooks.example.com/okta"): Promise<Hook> {
  return (await org.call("POST", hooks, draft(uri))).body as Hook;
}

test("a hook begins active and not verified, and never shows the value of its auth header", async () => {
  await withSandbox({}, async (org) => {
    const made = await org.call("POST", hooks, draft("https://hooks.example.com/okta"));
    const hook = made.body as Hook;
    assert.match(hook.id, /^who[0-9A-Za-z]{17}$/);
    assert.deepEqual([made.status, hook.status, hook.verificationStatus], [200, "ACTIVE", "UNVERIFIED"]);
    assert.doesNotMatch(JSON.stringify(hook), /open-sesame/);
    assert.deepEqual((await org.call("GET", `${hooks}/${hook.id}`)).body, hook);
    assert.deepEqual((await org.call("GET", hooks)).body, [hook]);
    assert.match(refusalOf(await org.call("GET", `${hooks}/whoabsent`)), /^E0000007 .* whoabsent \(Webhook\)$/);
  });
});

test("verification is one GET with a challenge that the endpoint returns", async () => {
  const seen: IncomingHttpHeaders[] = [];
  await withSandbox({}, (org) =>
    withHookReceiver(
      (headers) => {
        seen.push(headers);
        return proves(headers, "");
      },
      async (uri) => {
        const { id } = await make(org, uri);
        const verified = await org.call("POST", `${hooks}/${id}/lifecycle/verify`);
        assert.deepEqual([verified.status, (verified.body as Hook).verificationStatus], [200, "VERIFIED"]);
        assert.equal(seen.length, 1);
        assert.deepEqual([seen[0]?.authorization, seen[0]?.["x-site"]], ["open-sesame", "hq"]);
      },
    ),
  );
});

for (const [what, status, body] of [
  ["answers with an error", 500, {}],
  ["returns something else", 200, { verification: "no" }],
  ["returns no JSON object", 200, null],
] as const) {
  test(`verification is tried twice and refused when the endpoint ${what}`, async () => {
    let asked = 0;
    await withSandbox({}, (org) =>
      withHookReceiver(
        () => {
          asked += 1;
          return { status, body };
        },
        async (uri) => {
          const { id } = await make(org, uri);
          assert.match(refusalOf(await org.call("POST", `${hooks}/${id}/lifecycle/verify`)), /^E0000001/);
          assert.equal(asked, 2);
          assert.equal(((await org.call("GET", `${hooks}/${id}`)).body as Hook).verificationStatus, "UNVERIFIED");
        },
      ),
    );
  });
}

test("a hook stays verified while its channel stays, and must be verified again after that", async () => {
  await withSandbox({}, (org) =>
    withHookReceiver(proves, async (uri) => {
      const { id } = await make(org, uri);
      await org.call("POST", `${hooks}/${id}/lifecycle/verify`);
      const put = async (body: unknown) => (await org.call("PUT", `${hooks}/${id}`, body)).body as Hook;
      const renamed = await put(draft(uri, { name: "Renamed" }));
      assert.deepEqual([renamed.name, renamed.verificationStatus], ["Renamed", "VERIFIED"]);
      const moved = await put(draft(`${uri}/elsewhere`));
      assert.deepEqual([moved.name, moved.verificationStatus], ["Applications", "UNVERIFIED"]);
    }),
  );
});

test("the links of a hook are the steps that it allows", async () => {
  await withSandbox({}, async (org) => {
    const { id, _links: links } = await make(org);
    assert.deepEqual(Object.keys(links), ["self", "verify", "deactivate"]);
    assert.match(refusalOf(await org.call("DELETE", `${hooks}/${id}`)), /^E0000001/);
    const inactive = (await org.call("POST", `${hooks}/${id}/lifecycle/deactivate`)).body as Hook;
    assert.deepEqual([inactive.status, Object.keys(inactive._links)], ["INACTIVE", ["self", "activate", "delete"]]);
    assert.equal((await org.call("POST", `${hooks}/${id}/lifecycle/deactivate`)).status, 200);
    assert.match(refusalOf(await org.call("POST", `${hooks}/${id}/lifecycle/verify`)), /^E0000001/);
    assert.equal(((await org.call("POST", `${hooks}/${id}/lifecycle/activate`)).body as Hook).status, "ACTIVE");
    await org.call("POST", `${hooks}/${id}/lifecycle/deactivate`);
    assert.equal((await org.call("DELETE", `${hooks}/${id}`)).status, 204);
    assert.equal((await org.call("GET", `${hooks}/${id}`)).status, 404);
  });
});

const steps: readonly (readonly [link: string, method: string, below: string])[] = [
  ["verify", "POST", "/lifecycle/verify"],
  ["activate", "POST", "/lifecycle/activate"],
  ["deactivate", "POST", "/lifecycle/deactivate"],
  ["delete", "DELETE", ""],
];
// What Okta takes though nothing would come of it, so that it offers no link.
const withoutEffect = new Set(["ACTIVE activate", "INACTIVE deactivate"]);

test("a link of a hook leads to a step that succeeds, and a step without a link does nothing", async () => {
  await withSandbox({ limits: "off" }, (org) =>
    withHookReceiver(proves, async (uri) => {
      for (const before of [[], ["verify"], ["deactivate"], ["verify", "deactivate"], ["deactivate", "activate"]]) {
        for (const [link, method, below] of steps) {
          const { id } = await make(org, uri);
          for (const step of before) await org.call("POST", `${hooks}/${id}/lifecycle/${step}`);
          const hook = (await org.call("GET", `${hooks}/${id}`)).body as Hook;
          const at = hook._links[link]?.href;
          const reply = await org.call(method, at ?? `${hooks}/${id}${below}`);
          const told = `${link} after ${before.join(", ")}: ${reply.status}`;
          if (withoutEffect.has(`${hook.status} ${link}`)) {
            assert.equal(at, undefined, told);
            assert.deepEqual((await org.call("GET", `${hooks}/${id}`)).body, hook, told);
          } else assert.equal(at !== undefined, reply.status < 300, told);
          await org.call("POST", `${hooks}/${id}/lifecycle/deactivate`);
        }
      }
    }),
  );
});

test("at most 25 hooks are active", async () => {
  await withSandbox({ limits: "off" }, async (org) => {
    const first = await make(org);
    for (let made = 1; made < 25; made += 1) await make(org);
    assert.match(refusalOf(await org.call("POST", hooks, draft("https://hooks.example.com"))), /^E0000001/);
    await org.call("POST", `${hooks}/${first.id}/lifecycle/deactivate`);
    await make(org);
    assert.match(refusalOf(await org.call("POST", `${hooks}/${first.id}/lifecycle/activate`)), /^E0000001/);
  });
});

const events = { type: "EVENT_TYPE", items: ["user.lifecycle.create"] };
const filterOn = (event: string, expression = "event.target.size() > 0") => ({ eventFilterMap: [{ event, condition: { expression } }] });
const config = { uri: "https://hooks.example.com" };
const wrong: readonly (readonly [what: string, changes: Readonly<Record<string, unknown>>, about: string])[] = [
  ["without a name", { name: " " }, "name"],
  ["without events", { events: { type: "EVENT_TYPE", items: [] } }, "events.items"],
  ["with more than 300 event types", { events: { type: "EVENT_TYPE", items: Array(301).fill("a.b") } }, "events.items"],
  ["with what is no event type", { events: { type: "EVENT_TYPE", items: ["everything"] } }, "events.items"],
  [
    "with a filter that cannot be evaluated",
    { events: { ...events, filter: filterOn("user.lifecycle.create", "event.client.ipAddress eq '1.2.3.4'") } },
    "events.filter",
  ],
  ["with a filter on another event", { events: { ...events, filter: filterOn("user.lifecycle.delete") } }, "events.filter"],
  [
    "to plain http elsewhere",
    { channel: { type: "HTTP", version: "1.0.0", config: { uri: "http://hooks.example.com" } } },
    "channel.config.uri",
  ],
  ["to what is no uri", { channel: { type: "HTTP", version: "1.0.0", config: { uri: "hooks" } } }, "channel.config.uri"],
  ["of another version", { channel: { type: "HTTP", version: "2.0.0", config } }, "channel.version"],
  [
    "whose auth header has no value",
    { channel: { type: "HTTP", version: "1.0.0", config: { ...config, authScheme: { type: "HEADER", key: "Authorization" } } } },
    "channel.config.authScheme.value",
  ],
];
for (const [what, changes, about] of wrong) {
  test(`refuses a hook ${what}`, async () => {
    await withSandbox({}, async (org) => {
      assert.equal(refusalOf(await org.call("POST", hooks, draft(config.uri, changes))), `E0000001 Api validation failed: ${about}`);
      assert.deepEqual((await org.call("GET", hooks)).body, []);
    });
  });
}

test("a filter is shown as it was given", async () => {
  await withSandbox({}, async (org) => {
    const made = await org.call("POST", hooks, draft(config.uri, { events: { ...events, filter: filterOn("user.lifecycle.create") } }));
    const { filter } = (made.body as { events: { filter: unknown } }).events;
    assert.deepEqual(filter, {
      type: "EXPRESSION_LANGUAGE",
      eventFilterMap: [{ event: "user.lifecycle.create", condition: { version: null, expression: "event.target.size() > 0" } }],
    });
  });
});

test.run();
