import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type AgentId, newId } from "@longarm/shared";
import { type Logger, silentLogger } from "@longarm/shared/logger";
import { executorOf, type Field, never, pagesOf, requestTo, type TestAgent, until, withField, withTarget } from "../support/field.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { type RunningProcess, withProcess } from "../support/processes.ts";
import { until as settled } from "../support/until.ts";
import { suite } from "../support/suite.ts";
import type { Command } from "./hostile-agent.fixture.ts";
import type { StolenHost } from "./insider.fixture.ts";
import { lies } from "./lies.fixture.ts";

const test = suite("an agent that is an enemy");
const patient = { timeoutMs: 50_000 };
const program = fileURLToPath(new URL("hostile-agent.fixture.ts", import.meta.url));

/** The enemy: a process of its own, with nothing but the data directory of an agent that was let in. */
class Enemy {
  readonly id: AgentId;
  readonly #process: RunningProcess;
  #told = 0;
  #asked = 0;

  constructor(id: AgentId, process: RunningProcess) {
    this.id = id;
    this.#process = process;
  }

  /** Resolves once the broker has all that the command made it send. */
  async obey(command: Command, withinMs = 10_000): Promise<void> {
    this.#told += 1;
    this.#process.write(`${JSON.stringify(command)}\n`);
    await this.#process.line(new RegExp(`^did ${this.#told}$`), withinMs);
  }

  /** Resolves once the broker has its answer to one more call. */
  async hasSaid(): Promise<void> {
    this.#asked += 1;
    await this.#process.line(new RegExp(`^said ${this.#asked}$`));
  }
}

interface Battle extends Field {
  readonly clock: ManualClock;
  readonly enemy: Enemy;
  readonly honest: TestAgent;
  /** What the controller logged at `warn` or above. */
  readonly lines: readonly string[];
  /** A call through the honest agent still works, and nothing is left open. */
  stillWorks(): Promise<void>;
}

/** Lets an agent in and stops it: what it leaves is what its host holds. */
async function steal({ configuration, agent, directory, broker }: Field): Promise<StolenHost> {
  const own = await configuration();
  const { id, stop } = await agent(own);
  await stop();
  await until(directory, () => directory.find(id)?.state === "lost");
  return { id, name: own.name, dataDirectory: own.dataDirectory, brokerUrl: broker.url };
}

async function callsStillWork({ directory }: Field, honest: TestAgent): Promise<void> {
  await withTarget(
    (_, response) => response.end("truth"),
    async (baseUrl) => {
      await until(directory, () => directory.find(honest.id)?.state === "up");
      const answer = await executorOf(directory, honest.id).send(requestTo(baseUrl), never);
      assert(answer.kind === "response");
      assert.equal(Buffer.concat(await Array.fromAsync(answer.body)).toString(), "truth");
      assert.equal(directory.openCalls, 0);
    },
  );
}

function withEnemy(body: (battle: Battle) => Promise<void>): Promise<void> {
  const clock = new ManualClock();
  const lines: string[] = [];
  const note = (facts: object, sentence: string): void => void lines.push(`${sentence} ${JSON.stringify(facts)}`);
  const logger: Logger = { ...silentLogger, debug() {}, info() {}, warn: note, error: note };
  return withField(
    async (field) => {
      const { directory } = field;
      const honest = await field.agent();
      const host = await steal(field);
      const args = ["--disable-warning=ExperimentalWarning", program, JSON.stringify(host)];
      await withProcess({ command: process.execPath, args, keepsInput: true, readyLine: /^entered$/ }, async (started) => {
        await until(directory, () => directory.find(host.id)?.state === "up");
        const enemy = new Enemy(host.id, started);
        await body({ ...field, clock, enemy, honest, lines, stillWorks: () => callsStillWork(field, honest) });
      });
    },
    { clock, logger },
  );
}

/** The code that a call through the enemy ends with, which answers it so. */
async function codeOf({ directory, enemy }: Battle, answering: string): Promise<string> {
  await enemy.obey({ do: "answer", with: answering });
  const answer = await executorOf(directory, enemy.id).send(requestTo("http://127.0.0.1:1", { timeoutMs: 1_000 }), never);
  if (answer.kind === "failure") return answer.error.code;
  // What comes is not taken meanwhile.
  await settled("the call is over for the controller", () => directory.openCalls === 0);
  return Array.fromAsync(answer.body).then(
    () => "believed",
    (reason: { code: string }) => reason.code,
  );
}

test(
  "gets no lie about its own calls believed: each ends with a code that says so",
  () =>
    withEnemy(async (battle) => {
      const { clock, directory, enemy, lines } = battle;
      for (const [name, { code }] of Object.entries(lies)) {
        await enemy.obey({ do: "enrol" });
        await until(directory, () => directory.find(enemy.id)?.state === "up");
        const over = { isOver: code !== "agent_lost" };
        const ended = codeOf(battle, name).finally(() => (over.isOver = true));
        await enemy.hasSaid();
        // The controller waits for five seconds, and three for the end of what has begun.
        while (!over.isOver) await clock.advance(250, 250).then(() => enemy.obey({ do: "flush" }));
        assert.equal(await ended, code, name);
      }
      assert.ok(lines.length < 15, lines.join("\n"));
      await battle.stillWorks();
    }),
  patient,
);

test(
  "sends no more pages than it was permitted, however small they are",
  () =>
    withEnemy(async (battle) => {
      const { directory, enemy } = battle;
      await enemy.obey({ do: "answer", with: "a thousand pages" });
      const pages = executorOf(directory, enemy.id).pages(pagesOf("http://127.0.0.1:1"), never)[Symbol.asyncIterator]();
      const first = await pages.next();
      assert.equal(first.value?.kind, "page");
      await enemy.hasSaid();
      const rest = [];
      for (let next = await pages.next(); !next.done; next = await pages.next()) rest.push(next.value);
      const end = rest.at(-1);
      assert.equal(end?.kind === "failure" && end.error.code, "invalid_wire_message");
      assert.ok(rest.length < 10, `${rest.length} pages were kept`);
      await battle.stillWorks();
    }),
  patient,
);

test(
  "speaks for nobody else: not under others' subjects, nor of others' calls, nor by what it sent before",
  () =>
    withEnemy(async (battle) => {
      const { directory, enemy, honest, clock } = battle;
      assert.equal(await codeOf(battle, "a whole answer"), "believed");
      const release = Promise.withResolvers<void>();
      await withTarget(
        (_, response) => void release.promise.then(() => response.end("truth")),
        async (baseUrl) => {
          const answer = executorOf(directory, honest.id).send(requestTo(baseUrl), never);
          const told: string[] = [];
          const asked = { callId: newId("call"), attempt: 1, notAfterMs: clock.nowMs() };
          const stop = directory.inquiry.ask({ ...asked, agentId: honest.id }, ({ journalId }) => void told.push(journalId));
          await enemy.obey({ do: "speakFor", agent: honest.id, asked });
          release.resolve();
          const got = await answer;
          assert(got.kind === "response");
          assert.equal(Buffer.concat(await Array.fromAsync(got.body)).toString(), "truth");
          assert.ok(!told.includes("forged"));
          stop();
        },
      );
      assert.equal(directory.find(honest.id)?.state, "up");
      await battle.stillWorks();
    }),
  patient,
);

test(
  "brings nothing down with 10,000 messages under every subject that it may publish to, and fills no log",
  () =>
    withEnemy(async (battle) => {
      const { directory, enemy, lines } = battle;
      assert.equal(await codeOf(battle, "a whole answer"), "believed");
      const before = lines.length;
      await enemy.obey({ do: "flood" }, 40_000);
      await battle.stillWorks();
      // What has come may be looked at after the call that works.
      await settled("what came was dropped and counted", () => directory.rejections.total > 5_000);
      assert.ok(lines.length - before <= 5, lines.slice(before).join("\n"));
      assert.equal(directory.list().length, 2);
    }),
  patient,
);

test.run();
