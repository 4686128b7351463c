import assert from "node:assert/strict";
import { once } from "node:events";
import { derivedId, type RunId } from "@longarm/shared";
import { WebSocket } from "ws";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { anyAgent } from "../../../../test/support/scripted/agents.ts";
import { type ScriptedController, withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";
import { newApiToken } from "../access/api-token.ts";
import type { RunChange } from "../ports/run-history.ts";

const test = suite("the live feed");

type Message = Readonly<Record<string, unknown>> & { readonly kind: string };

/** A listener and what it has heard; `closed` resolves with the code of the end. */
async function listen(controller: ScriptedController, query = "", { token = controller.token } = {}) {
  const socket = new WebSocket(`${controller.url.replace("http", "ws")}/v1/live${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const heard: Message[] = [];
  socket.on("message", (data: Buffer) => heard.push(JSON.parse(data.toString()) as Message));
  const closed = once(socket, "close").then(([code]) => code as number);
  await until("it is greeted", () => heard.some(({ kind }) => kind === "hello"));
  return { socket, heard, closed };
}

/** The problem that a handshake is answered with. */
async function refusalOf(controller: ScriptedController, query: string, headers: Record<string, string> = {}) {
  const address = `${controller.url.replace("http", "ws")}/v1/live${query}`;
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${controller.token}`, ...headers } });
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, NodeJS.ReadableStream & { statusCode: number }];
  let text = "";
  for await (const part of response) text += String(part);
  return { status: response.statusCode, ...(JSON.parse(text) as { code: string; detail: string; errors?: { pointer: string }[] }) };
}

const idOf = (n: number): RunId => derivedId("run", Buffer.alloc(16, n));

function write({ history, feed }: ScriptedController, ...changes: readonly RunChange[]): void {
  history.apply(changes, { sequence: history.position() + 1, timeMs: 5 });
  for (const { id } of changes) feed.changed(id);
}

function submitted(n: number, over: Partial<RunChange> = {}): RunChange {
  const base = { action: "okta.user.get", connection: "acme", lane: "standard", status: "queued", principal: "ci" } as const;
  return { ...base, submittedAt: n * 1_000, ...over, id: idOf(n) };
}

async function withListening(body: (controller: ScriptedController, clock: ManualClock) => Promise<void>): Promise<void> {
  const clock = new ManualClock();
  await withScriptedController((controller) => body(controller, clock), { clock });
}

test("tells agents and budgets as they are, and each run as it is once it has changed", () =>
  withListening(async (controller, clock) => {
    controller.agents.agents.push(anyAgent());
    const { socket, heard, closed } = await listen(controller, "?kinds=run,agent");
    await until("it hears of the agent", () => heard.some(({ agent }) => (agent as { name?: string })?.name === "hq-1"));
    write(controller, submitted(1));
    write(controller, { id: idOf(1), status: "running", startedAt: 2_000 });
    await clock.advance(250);
    await until("it hears of the run", () => heard.some(({ kind }) => kind === "run"));
    const [run] = heard.flatMap(({ kind, run: told }) => (kind === "run" ? [told as Record<string, unknown>] : []));
    assert.deepEqual([run?.["status"], run?.["startedAt"]], ["running", "1970-01-01T00:00:02.000Z"]);
    assert.equal(heard.filter(({ kind }) => kind === "run").length, 1);
    socket.close();
    await closed;
    await until("nobody listens", () => controller.feed.size === 0);
  }));

test("narrows by what is asked for, and by what the key may see", () =>
  withListening(async (controller, clock) => {
    const token = newApiToken();
    await controller.apiKeys.add(token, { principal: "bound", scopes: ["runs:read"], connections: ["acme"] });
    const bound = await listen(controller, "", { token: token.reveal() });
    const failed = await listen(controller, "?status=failed");
    assert.deepEqual(bound.heard[0]?.["kinds"], ["run", "progress"]);
    write(controller, submitted(1), submitted(2, { connection: "other", status: "failed" }), submitted(3, { status: "failed" }));
    await clock.advance(250);
    await until("both have heard", () => bound.heard.length > 2 && failed.heard.filter(({ kind }) => kind === "run").length > 1);
    const told = ({ heard }: typeof bound) => heard.flatMap(({ kind, run }) => (kind === "run" ? [(run as { id: RunId }).id] : []));
    assert.deepEqual(told(bound), [idOf(1), idOf(3)]);
    assert.deepEqual(told(failed), [idOf(2), idOf(3)]);
    for (const { socket } of [bound, failed]) socket.terminate();
  }));

test("ends when the token is not valid any more", () =>
  withListening(async (controller, clock) => {
    const token = newApiToken();
    const { id } = await controller.apiKeys.add(token, { principal: "gone", scopes: ["runs:read"] });
    const { closed } = await listen(controller, "", { token: token.reveal() });
    await controller.apiKeys.revoke(id);
    await clock.advance(15_000, 250);
    assert.equal(await closed, 1_008);
  }));

test("ends when the controller stops, and says why", async () => {
  let end: Promise<number> | undefined;
  await withScriptedController(async (controller) => {
    end = (await listen(controller)).closed;
  });
  assert.ok([1_001, 1_006].includes((await end) ?? 0));
});

test("says that something was left out when more has changed than it remembers", () =>
  withListening(async (controller, clock) => {
    const { socket, heard } = await listen(controller, "?kinds=run");
    for (let n = 0; n <= 20_000; n += 1) controller.feed.changed(derivedId("run", Buffer.from(String(n).padStart(16, "0"))));
    await clock.advance(250);
    await until("it hears of the gap", () => heard.some(({ kind }) => kind === "gap"));
    socket.terminate();
  }));

test("goes the way of every request: token, scope, origin and query are checked before the upgrade", () =>
  withScriptedController(async (controller) => {
    const none = await refusalOf(controller, "", { authorization: "Bearer wrong" });
    assert.deepEqual([none.status, none.code], [401, "unauthorized"]);
    const foreign = await refusalOf(controller, "", { origin: "https://elsewhere.example" });
    assert.deepEqual([foreign.status, foreign.code], [403, "origin_not_allowed"]);
    const unknown = await refusalOf(controller, "?kinds=run,weather");
    assert.deepEqual([unknown.status, unknown.code], [422, "invalid_request"]);
    assert.match(unknown.detail, /weather.*run, progress, agent, budget/s);
    const token = newApiToken();
    await controller.apiKeys.add(token, { principal: "reader", scopes: ["runs:read"] });
    const beyond = await refusalOf(controller, "?kinds=budget", { authorization: `Bearer ${token.reveal()}` });
    assert.deepEqual([beyond.status, beyond.code], [403, "forbidden"]);
    const elsewhere = await refusalOf(controller, "/nothing");
    assert.equal(elsewhere.status, 404);
    const plain = await controller.ask("GET", "/v1/live");
    assert.equal(plain.status, 422);
    assert.match(((await plain.json()) as { detail: string }).detail, /WebSocket/);
  }));

test.run();
