import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { huntBelow, huntIn } from "../support/hunt.ts";
import { connect, type ControllerProcess, type Journey, withJourney } from "../support/journey.ts";
import { createUser, finished, type RunShown, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";

const test = suite("headers that are full of secrets");

const canary = `canary-header-${randomBytes(9).toString("hex")}`;
/** What a careless gateway might add to an answer, and a careless client to a request. */
const hostile: Readonly<Record<string, string>> = {
  authorization: `SSWS ${canary}`,
  dpop: canary,
  cookie: `sid=${canary}`,
  "set-cookie": `sid=${canary}`,
  "x-api-key": canary,
  "x-internal-token": canary,
  [`x-${canary}`]: "1",
  "x-okta-request-id": `"${canary}"`,
  "x-rate-limit-limit": canary,
};

/** An org behind such a gateway: it knows one user, refuses everything else, and leaves open what became of a change. */
async function withHostileTarget(body: (target: { readonly url: string; readonly requests: string[] }) => Promise<void>): Promise<void> {
  const requests: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    const of = `${request.method} ${request.url?.split("?")[0]}`;
    requests.push(of);
    for (const [name, value] of Object.entries(hostile)) response.setHeader(name, value);
    if (of === "GET /api/v1/users/ann%40example.com")
      response.writeHead(200).end('{"id":"00u1","status":"ACTIVE","profile":{"login":"ann@example.com"}}');
    else if (request.method === "GET") response.writeHead(403).end('{"errorCode":"E0000006","errorSummary":"No."}');
    else response.writeHead(200).end("<html>from the gateway</html>");
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const calls = [
  { action: "okta.user.get", connection: "sandbox", input: { user: "ann@example.com" } },
  { action: "okta.user.get", connection: "sandbox", input: { user: "00u2" } },
  createUser("bob@example.com"),
];

/** Every call locally and through the agent, and a dry run; as the API shows them, with their logs and calls. */
async function runEverything({ api, url, token }: ControllerProcess): Promise<string> {
  const wishes = ["local", "labels.site == 'hq'"].flatMap((on) => calls.map((call) => ({ ...call, on })));
  const runs: RunShown[] = [];
  for (const wish of [...wishes, { ...calls[2], dryRun: true }]) runs.push(await finished(api, (await submit(api, wish)).id));
  const ends = [...wishes.map((_, at) => ["succeeded", "failed", "outcome_unknown"][at % 3]), "failed"];
  assert.deepEqual(
    runs.map(({ status }) => status),
    ends,
    JSON.stringify(runs.map(({ error }) => error)),
  );
  const headers = { authorization: `Bearer ${token}` };
  const paths = runs.flatMap(({ id }) => ["", "/log", "/calls"].map((tail) => `/v1/runs/${id}${tail}`));
  const shown = await Promise.all(paths.map(async (path) => (await fetch(url + path, { headers })).text()));
  return [...shown, JSON.stringify(await api.post("/v1/connections/sandbox/test", { body: {} }).catch(String))].join("\n");
}

/** Requests to the controller itself, some of them refused. */
async function askBadly({ url, token }: ControllerProcess): Promise<string> {
  const { authorization: _, "set-cookie": __, ...own } = hostile;
  const bad = { ...own, "x-request-id": `"${canary}"`, "content-type": "application/json" };
  const asked = [
    fetch(`${url}/v1/runs`, { headers: { ...bad, authorization: `Bearer ${canary}` } }),
    fetch(`${url}/v1/runs`, { headers: { ...bad, authorization: `Bearer ${token}` } }),
    fetch(`${url}/v1/nowhere`, { headers: { ...bad, authorization: `Bearer ${token}` } }),
    fetch(`${url}/v1/runs`, {
      ...{ method: "POST", body: "{}" },
      headers: { ...bad, authorization: `Bearer ${token}`, "if-match": canary, "idempotency-key": canary.repeat(40) },
    }),
  ];
  const answers = await Promise.all(asked);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 200, 404, 422],
  );
  const heads = answers.map(({ headers }) => JSON.stringify([...headers]));
  return [...heads, ...(await Promise.all(answers.map((answer) => answer.text())))].join("\n");
}

async function begin(journey: Journey, target: { readonly url: string }) {
  const controller = await journey.controllerProcess({ logLevel: "trace" });
  const agent = await journey.agentProcess(controller, { name: "hq-1", labels: { site: "hq" }, logLevel: "trace" });
  await connect(controller.api, { url: target.url, token: canary });
  return { controller, agent };
}

test(
  "leave no name and no value in what controller and agent print, answer and keep, at trace",
  () =>
    withHostileTarget(({ url, requests }) =>
      withJourney(async (journey) => {
        const { controller, agent } = await begin(journey, { url });
        const answers = [await runEverything(controller), await askBadly(controller)].join("\n");
        for (const { kill, exited } of [agent, controller.process]) {
          kill("SIGTERM");
          await exited;
        }
        const printed = agent.output() + controller.process.output();
        assert.ok(requests.length >= 8, requests.join("\n"));
        // Told of each, with what may be told, and by both.
        for (const { output } of [agent, controller.process])
          assert.match(output(), /"path":"\/api\/v1\/users\/\{\}",.*"x-okta-request-id":"\*\*\*".*An HTTP request is over/);
        assert.match(printed, /"accept":"application\/json"\},"msg":"An HTTP request leaves/);
        assert.match(answers, /"oktaRequestId":"\*\*\*"/);
        assert.deepEqual(huntIn(Buffer.from(printed + answers), { canary }), []);
        assert.deepEqual(huntBelow(journey.directory, { canary }).hits, []);
      }),
    ),
  { timeoutMs: 60_000 },
);

test.run();
