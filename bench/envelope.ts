import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diffieHellman, generateKeyPairSync } from "node:crypto";
import { Lifecycle } from "@longarm/shared";
import { newSeed, SigningKey } from "@longarm/shared/seal";
import { decodeCall, decodeFrame, encodeCall, encodeFrame, type FrameMessage } from "@longarm/shared/wire";
import type { CallGate } from "../packages/agent/src/seal/call-gate.ts";
import { withBroker } from "../test/support/broker.ts";
import { openPaths } from "./calls.ts";
import { credentialCosts } from "./parts/credential-share.ts";
import { agent, bothEnds, callMessage, plainRequest } from "./support/call-line.ts";
import { load, medianLoad } from "./support/load.ts";

const rounds = 5;
const callsPerRound = 1_024;
const widths = [1, 16] as const;

const record = {
  ...{ method: "POST" as const, path: "/api/v1/users", status: 200, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 300 },
  ...{ responseBytes: 1_024, oktaRequestId: "reqexample", rateLimit: null },
};
const frame: Omit<FrameMessage, "channel"> = {
  ...{ callId: plainRequest.callId, seq: 0 },
  part: {
    ...{ kind: "whole", head: { status: 200, headers: { "content-type": "application/json" } }, body: Buffer.alloc(1_024, "x") },
    end: { record, next: null, last: true },
  },
};

/** Both ends of a call's line, and what each step of it costs in microseconds. */
function steps(width: number): Readonly<Record<string, Step>> {
  const { seals, gate, address } = bothEnds();
  const lines = Array.from({ length: width }, () => seals.line(agent));
  const envelopes: Uint8Array[] = [];
  const opened: ReturnType<CallGate["openCall"]>[] = [];
  const sealed: Uint8Array[] = [];
  return {
    "plain: encode and decode call and frame": async (at) => {
      decodeCall(encodeCall(callMessage({ ...address, replyKey: lines[at]?.address.replyKey ?? address.replyKey }, plainRequest)));
      decodeFrame(encodeFrame({ ...frame, channel: 1 }));
    },
    "controller: encode, sign and seal a call": async (at) => {
      const line = (lines[at] = seals.line(agent));
      envelopes[at] = await line.seal(encodeCall(callMessage({ ...line.address, epoch: 1 }, plainRequest)));
    },
    "agent: open, verify and decode it": async (at) => {
      opened[at] = gate.openCall(envelopes[at] as Uint8Array);
    },
    "agent: encode, sign and seal the answer": async (at) => {
      sealed[at] = (await opened[at]?.sealFrame(encodeFrame({ ...frame, channel: 1 }), true)) ?? new Uint8Array();
      opened[at]?.end();
    },
    "controller: open, verify and decode it": async (at) => {
      decodeFrame(lines[at]?.openFrame(sealed[at] as Uint8Array)?.frame ?? new Uint8Array());
    },
  };
}

type Step = (at: number) => Promise<void>;

/** The steps in their order, for `width` calls in one turn, over and over; the median of some rounds each. */
async function measure(width: number): Promise<Readonly<Record<string, number>>> {
  const all = steps(width);
  const places = Array.from({ length: width }, (_, at) => at);
  const found: Record<string, number[]> = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const spent: Record<string, number> = {};
    for (let made = 0; made < callsPerRound; made += width) {
      for (const [name, step] of Object.entries(all)) {
        const beganMs = performance.now();
        await Promise.all(places.map(step));
        spent[name] = (spent[name] ?? 0) + performance.now() - beganMs;
      }
    }
    // The first one warms up.
    if (round > 0) for (const [name, ms] of Object.entries(spent)) found[name]?.push((ms / callsPerRound) * 1_000);
  }
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, middle(values)]));
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What the parts cost by themselves: why keys are not made for each call. */
function primitives(): Readonly<Record<string, number>> {
  const key = new SigningKey(newSeed());
  const text = Buffer.alloc(700, "x");
  const signature = key.sign("call", text);
  const [one, other] = [generateKeyPairSync("x25519"), generateKeyPairSync("x25519")];
  const all = {
    "ed25519 sign": () => key.sign("call", text),
    "ed25519 verify": () => key.public.verify("call", text, signature),
    "x25519 key made": () => generateKeyPairSync("x25519"),
    "x25519 agreement": () => diffieHellman({ privateKey: one.privateKey, publicKey: other.publicKey }),
  };
  return Object.fromEntries(Object.entries(all).map(([name, step]) => [name, timed(step)]));
}

function timed(step: () => unknown): number {
  const rounds = Array.from({ length: 5 }, () => {
    const beganMs = performance.now();
    for (let turn = 0; turn < 500; turn += 1) step();
    return (performance.now() - beganMs) * 2;
  });
  return middle(rounds);
}

/** One call through a real agent, one at a time, in microseconds. */
async function wholeCall(): Promise<number> {
  const lifecycle = new Lifecycle();
  const directory = await mkdtemp(join(tmpdir(), "longarm-bench-"));
  try {
    return await withBroker(async (broker) => {
      const { agent: call } = await openPaths(broker, directory, lifecycle);
      await load(2_000, 1, call);
      const loads = [await load(1_000, 1, call), await load(1_000, 1, call), await load(1_000, 1, call)];
      await lifecycle.close();
      return medianLoad(loads).p50Ms * 1_000;
    });
  } finally {
    await lifecycle.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** What a credential adds that travels with each call: what an agent that kept it would save. */
async function credentials(wholeUs: number, print: (line: string) => void): Promise<Record<string, number>> {
  const { none, added } = await credentialCosts();
  print(`  a call without a credential takes ${none.us.toFixed(0)} to seal and open, in ${none.bytes} bytes; one that travels along adds`);
  const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;
  for (const [name, { us, bytes }] of Object.entries(added)) {
    const shares = `${percent(us, none.us)} of the sealing, ${percent(us, wholeUs)} of a call by itself; ${bytes} bytes`;
    print(`    ${name.padEnd(40)} ${us.toFixed(1).padStart(7)}, ${shares}`);
  }
  const mostUs = Math.max(...Object.values(added).map(({ us }) => us));
  const mostBytes = Math.max(...Object.values(added).map(({ bytes }) => bytes));
  return { credentialUs: mostUs, credentialBytes: mostBytes, credentialShare: mostUs / wholeUs };
}

/** What signing and sealing cost of a call. */
export const bench = {
  name: "envelope",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    const row = ([name, us]: [string, number]): void => print(`  ${name.padEnd(42)} ${us.toFixed(1).padStart(7)}`);
    for (const width of widths) {
      print(`envelope: a call of 300 bytes, an answer of 1 KiB, ${width} in one turn; microseconds each, median of ${rounds} rounds`);
      const parts = await measure(width);
      for (const part of Object.entries(parts)) row(part);
      const [plain = 0, ...sealed] = Object.values(parts);
      figures[`addedUsAt${width}`] = sealed.reduce((sum, us) => sum + us, 0) - plain;
    }
    for (const part of Object.entries(primitives())) row(part);
    const wholeUs = await wholeCall();
    const { addedUsAt1 = 0, addedUsAt16 = 0 } = figures;
    const share = (us: number): string => `${us.toFixed(0)} (${(us / wholeUs).toFixed(2)})`;
    print(
      `  a call by itself takes ${wholeUs.toFixed(0)}; of that the seals are ${share(addedUsAt1)}, of 16 in one turn ${share(addedUsAt16)}`,
    );
    Object.assign(figures, await credentials(wholeUs, print));
    return { ...figures, wholeUs, shareAt1: addedUsAt1 / wholeUs, shareAt16: addedUsAt16 / wholeUs };
  },
};
