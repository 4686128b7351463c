import { type Installation, withInstallation } from "./support/installation.ts";

const perSecond = 200;
const seconds = 20;
const aimMs = 3_000;
const objects = 50;

interface Counts {
  readonly counts: { readonly events: number; readonly duplicates: number; readonly refused: number };
}

function delivery(at: number): string {
  const event = {
    ...{ uuid: `bench-${at}`, eventType: "user.lifecycle.create", published: new Date().toISOString() },
    ...{ actor: { id: "00uBench", type: "User" }, target: [{ id: `00u${at % objects}`, type: "User" }] },
  };
  return JSON.stringify({ eventType: "com.okta.event_hook", eventId: `d-${at}`, data: { events: [event] } });
}

/** Milliseconds until the answer to each delivery, each sent at its own time whether or not the one before is answered. */
async function send(uri: string, authorization: string): Promise<readonly number[]> {
  const headers = { authorization, "content-type": "application/json" };
  const startMs = performance.now();
  const one = async (at: number): Promise<number> => {
    const dueMs = startMs + (at * 1_000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
    const { status } = await fetch(uri, { method: "POST", headers, body: delivery(at) });
    if (status !== 204) throw new Error(`delivery ${at} was answered with ${status}`);
    return performance.now() - dueMs;
  };
  const all = await Promise.all(Array.from({ length: perSecond * seconds }, (_, at) => one(at)));
  return all.toSorted((a, b) => a - b);
}

async function stored({ ask }: Installation, count: number): Promise<Counts["counts"]> {
  for (;;) {
    const { counts } = await ask<Counts>("GET", "/v1/hooks/sandbox", {});
    if (counts.events + counts.duplicates >= count) return counts;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** How long an org waits for the answer to a delivery, at a rate that no org comes to. */
export const bench = {
  name: "hooks",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    await withInstallation({ users: 1 }, async (at) => {
      const hook = await at.ask<{ readonly secret: string }>("PUT", "/v1/hooks/sandbox", { body: { reconcileEvery: null } });
      const times = await send(`${String(at.controller.ready["url"])}/hooks/okta/sandbox`, hook.secret);
      const share = (part: number): number => Math.round(times[Math.floor(times.length * part)] ?? Number.NaN);
      const { events, duplicates } = await stored(at, times.length);
      if (events !== times.length || duplicates !== 0)
        throw new Error(`${events} of ${times.length} events were stored, ${duplicates} twice`);
      Object.assign(figures, { p50Ms: share(0.5), p99Ms: share(0.99), stored: events });
      print(
        `hooks: ${perSecond} deliveries a second for ${seconds} s: 204 after ${figures["p50Ms"]} ms (p99 ${figures["p99Ms"]} ms, aim ${aimMs}); each stored once`,
      );
    });
    return figures;
  },
};
