import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryDirectory } from "../support/directories.ts";
import { executorOf, type Field, never, requestTo, until, withField, withTarget } from "../support/field.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { type RunningProcess, runProcess, withProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";
import { until as polled } from "../support/until.ts";
import { freePorts } from "../support/free-ports.ts";

const test = suite("the agent as a process");
const main = join(import.meta.dirname, "../../packages/agent/src/main.ts");
const node = { command: process.execPath, args: ["--disable-warning=ExperimentalWarning", main] };

/** Starts an agent's process on this broker address, and waits until it says that it is ready. */
async function withAgentProcess(field: Field, url: string, body: (agent: RunningProcess, home: string) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (home) => {
    const file = join(home, "agent.yaml");
    const secret = join(home, "token");
    const { token, pin } = await field.join({ site: "hq" });
    await writeFile(secret, token.reveal(), { mode: 0o600 });
    const lines = [
      "name: hq-1",
      `broker: {urls: ["${url}"]}`,
      `join: {token: "\${file:${secret}}", pin: "${pin}"}`,
      `dataDirectory: ${home}/data`,
    ];
    await writeFile(file, lines.join("\n"));
    await withProcess(
      { ...node, args: [...node.args, "--config", file], readyLine: /\{"ready":true,"id":"agt_\w+","name":"hq-1"\}/ },
      (agent) => body(agent, home),
    );
  });
}

test("enrols, carries a call over WebSocket, keeps its data to itself, and ends with 0 on SIGTERM", () =>
  withField(
    async (field) => {
      const { broker, directory } = field;
      await withAgentProcess(field, broker.websocketUrl ?? "", async (agent, home) => {
        await until(directory, () => directory.find("hq-1")?.state === "up");
        const { id } = directory.find("hq-1") ?? assert.fail("no agent");
        const body = Buffer.alloc(3 * 1024 * 1024, "x");
        await withTarget(
          (_, response) => response.end(body),
          async (baseUrl) => {
            const answer = await executorOf(directory, id).send(requestTo(baseUrl), never);
            assert(answer.kind === "response");
            assert.equal(Buffer.concat(await Array.fromAsync(answer.body)).length, body.length);
          },
        );
        assert.equal((await stat(join(home, "data"))).mode & 0o777, 0o700);
        assert.equal((await stat(join(home, "data/agent.json"))).mode & 0o777, 0o600);
        agent.kill("SIGTERM");
        assert.equal((await agent.exited).code, 0);
        await until(directory, () => directory.find(id)?.state === "lost");
        const token = (await readFile(join(home, "token"), "utf8")).slice(0, 60);
        assert(!agent.output().includes(token), "the token was logged");
      });
    },
    { broker: { ports: { websocket: 0 } } },
  ));

test("goes on trying while there is no broker yet, and ends with 0 on SIGTERM", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "agent.json");
    const [port] = await freePorts(1);
    const broker = { urls: [`nats://127.0.0.1:${port}`] };
    await withField(async (field) => {
      const { token, pin } = await field.join({});
      await writeFile(
        file,
        JSON.stringify({ name: "hq-1", broker, join: { token: token.reveal(), pin }, dataDirectory: join(home, "data") }),
      );
    });
    await withProcess({ ...node, args: [...node.args, "--config", file], readyLine: /cannot be reached/ }, async (agent) => {
      const again = polled("it has tried three times", () => agent.output().split("cannot be reached").length > 3);
      const early = agent.exited.then(({ code }) => assert.fail(`it ended with ${code}: ${agent.output()}`));
      await Promise.race([again, early]);
      early.catch(() => undefined);
      agent.kill("SIGTERM");
      assert.equal((await agent.exited).code, 0);
    });
  }));

test("comes back by itself over WebSocket after its broker was away", () =>
  withField(
    async (field) => {
      const { broker, directory } = field;
      await withAgentProcess(field, broker.websocketUrl ?? "", async (agent) => {
        await until(directory, () => directory.find("hq-1")?.state === "up");
        const before = directory.find("hq-1")?.lastBeatAt ?? 0;
        await broker.kill();
        await agent.line(/was lost/);
        await broker.restart();
        await agent.line(/is back/);
        await until(directory, () => directory.find("hq-1")?.state === "up" && (directory.find("hq-1")?.lastBeatAt ?? 0) > before);
      });
    },
    { broker: { ports: { websocket: 0 } } },
  ));

test("killed in the middle of a call: within ten seconds the call ends as unknown, and the agent is lost", () => {
  const clock = new ManualClock();
  return withField(
    async (field) => {
      const { broker, directory } = field;
      await withAgentProcess(field, broker.url, async (agent) => {
        await until(directory, () => directory.find("hq-1")?.state === "up");
        const { id } = directory.find("hq-1") ?? assert.fail("no agent");
        const arrived = Promise.withResolvers<void>();
        await withTarget(
          () => arrived.resolve(),
          async (baseUrl) => {
            const answer = executorOf(directory, id).send(requestTo(baseUrl, { timeoutMs: 60_000 }), never);
            await arrived.promise;
            agent.kill("SIGKILL");
            await agent.exited;
            await clock.advance(10_500);
            const failure = await answer;
            assert(failure.kind === "failure");
            assert.deepEqual([failure.error.code, failure.delivery], ["agent_lost", "unknown"]);
            assert.equal(directory.find(id)?.state, "lost");
          },
        );
      });
    },
    { clock },
  );
});

test("killed: it is lost within ten seconds, though somebody who is told of it fails each time", () => {
  const clock = new ManualClock();
  return withField(
    async (field) => {
      const { broker, directory } = field;
      await withAgentProcess(field, broker.url, async (agent) => {
        await until(directory, () => directory.find("hq-1")?.state === "up");
        const states = new Set<string>();
        let isKilled = false;
        directory.onView(() => isKilled && assert.fail("a fault of ours"));
        directory.onView(({ state }) => isKilled && states.add(state));
        isKilled = true;
        agent.kill("SIGKILL");
        await agent.exited;
        await clock.advance(10_500);
        // A last beat may have been on its way.
        assert.deepEqual([...states].slice(-2), ["suspect", "lost"]);
      });
    },
    { clock },
  );
});

test("a configuration with faults ends with 2 and names every one of them", () =>
  withTemporaryDirectory(async (home) => {
    const file = join(home, "agent.json");
    await writeFile(
      file,
      JSON.stringify({
        name: "no good name",
        broker: { urls: ["http://broker"] },
        join: { token: "t", pin: "sha256" },
        slots: 0,
        nonsense: 1,
      }),
    );
    const { code, stderr } = await runProcess({ ...node, args: [...node.args, "--config", file] });
    assert.equal(code, 2);
    for (const fault of ["name", "broker.urls", "slots", "nonsense", "join.pin"])
      assert(stderr.includes(fault), `${fault} is not named in ${stderr}`);
  }));

test("an unknown option ends with 2 and shows the usage", async () => {
  const { code, stderr } = await runProcess({ ...node, args: [...node.args, "--nonsense"] });
  assert.equal(code, 2);
  assert.match(stderr, /Usage: longarm agent/);
});

test.run();
