// Agents that are revoked while they carry calls.
import assert from "node:assert/strict";
import { runAgent } from "@longarm/agent";
import { silentLogger } from "@longarm/shared/logger";
import type { RestRequest } from "@longarm/shared/rest";
import { executorOf, type Field, never, requestTo, type TestAgent, withField, withTarget } from "../support/field.ts";
import { until } from "../support/until.ts";
import { comeAs, lootOf } from "./insider.fixture.ts";

/** A started agent and what it was started with. */
export interface Trial {
  readonly agent: TestAgent;
  readonly configuration: Awaited<ReturnType<Field["configuration"]>>;
}

interface Times {
  /** From the revocation until the broker had cut a connection with the agent's rights. */
  readonly cutMs: number;
  /** Until the agent had ended by itself. */
  readonly endedMs: number;
}

const atOnce = 5;

/** Agents that are up, each with a data directory of its own. */
export function started({ agent, configuration }: Field, count: number): Promise<readonly Trial[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const own = await configuration({ drainSeconds: 1 });
      return { agent: await agent(own), configuration: own };
    }),
  );
}

/** Counts requests by path, and never answers. */
class SilentTarget {
  readonly #heard = new Map<string, number>();

  hear(path: string): void {
    this.#heard.set(path, this.heardOf(path) + 1);
  }

  heardOf(path: string): number {
    return this.#heard.get(path) ?? 0;
  }

  get total(): number {
    return [...this.#heard.values()].reduce((sum, one) => sum + one, 0);
  }
}

async function revoke(
  field: Field,
  { agent, configuration }: Trial,
  { baseUrl, target, over }: { readonly baseUrl: string; readonly target: SilentTarget; readonly over: Partial<RestRequest> },
): Promise<Times> {
  // The agent itself leaves when it is told; this one does not.
  const stubborn = await comeAs(lootOf(configuration.dataDirectory), field);
  const path = `/${agent.id}`;
  const calls = Array.from({ length: 2 }, () => executorOf(field.directory, agent.id).send(requestTo(baseUrl, { path, ...over }), never));
  await until("both calls are at the target", () => target.heardOf(path) === 2, 30_000);
  const endedAt = assert.rejects(agent.ended, { code: "enrolment_refused" }).then(() => performance.now());
  const startedAt = performance.now();
  await field.directory.setDesired(agent.id, "revoked");
  await stubborn.closed();
  const cutMs = performance.now() - startedAt;
  for (const answer of await Promise.all(calls)) assert.equal(answer.kind === "failure" && answer.error.code, "agent_lost");
  return { cutMs, endedMs: (await endedAt) - startedAt };
}

/** Revokes that many agents, a few at a time, each with two such calls open; tells how long it took. */
export async function revokeMany(count: number, over: Partial<RestRequest>): Promise<void> {
  const target = new SilentTarget();
  const times: Times[] = [];
  const revoked: Trial[] = [];
  await withField((field) =>
    withTarget(
      ({ url = "" }) => target.hear(url),
      async (baseUrl) => {
        while (times.length < count) {
          const trials = await started(field, atOnce);
          times.push(...(await Promise.all(trials.map((trial) => revoke(field, trial, { baseUrl, target, over })))));
          revoked.push(...trials);
        }
        await assertGone(field, revoked, baseUrl);
        assert.equal(target.total, 2 * count, "the target heard of nothing more");
      },
    ),
  );
  process.stdout.write(
    `${count} revoked: cut off ${shown(times.map(({ cutMs }) => cutMs))}; ended ${shown(times.map(({ endedMs }) => endedMs))}\n`,
  );
  assert.ok(times.every(({ cutMs }) => cutMs <= 5_000));
}

/** They get no call, and the first of them do not come back when they are started again. */
async function assertGone({ directory }: Field, revoked: readonly Trial[], baseUrl: string): Promise<void> {
  for (const { agent } of revoked) {
    const answer = await executorOf(directory, agent.id).send(requestTo(baseUrl), never);
    assert.equal(answer.kind === "failure" && answer.delivery, "not_sent");
  }
  for (const { configuration } of revoked.slice(0, atOnce)) {
    const again = runAgent(configuration, new AbortController().signal, { logger: silentLogger });
    await assert.rejects(again, { code: "enrolment_refused" });
  }
}

function shown(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return `p50 ${Math.round(sorted[sorted.length >> 1] ?? NaN)} ms, most ${Math.round(sorted.at(-1) ?? NaN)} ms`;
}
