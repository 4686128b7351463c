import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diffieHellman, generateKeyPairSync } from "node:crypto";
import { type AgentId, Lifecycle, newId, Rejections, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { RestRequest } from "@longarm/shared/rest";
import { newSeed, SigningKey } from "@longarm/shared/seal";
import { type CallMessage, decodeCall, decodeFrame, encodeCall, encodeFrame, type FrameMessage } from "@longarm/shared/wire";
import { newAgentKeys } from "../packages/agent/src/keys/agent-keys.ts";
import { KnownInstallation } from "../packages/agent/src/keys/known-installation.ts";
import { CallGate } from "../packages/agent/src/seal/call-gate.ts";
import { InstallationSeals } from "../packages/controller/src/nats/field/seal/installation-seals.ts";
import { embeddedTrust, newTrustSeeds } from "../packages/controller/src/trust/trust-keys.ts";
import { withBroker } from "../test/support/broker.ts";
import { openPaths } from "./calls.ts";
import { load, medianLoad } from "./support/load.ts";

const rounds = 5;
const turns = 1_000;
const agent = newId("agent");

const request: RestRequest = {
  ...{ runId: newId("run"), callId: newId("call"), attempt: 1, effect: "create", method: "POST", baseUrl: "https://acme.okta.com" },
  ...{ path: "/api/v1/users", query: [["activate", "true"]], headers: { accept: "application/json" }, auth: { scheme: "none" } },
  ...{ body: Buffer.alloc(300, "x"), timeoutMs: 30_000, maxResponseBytes: 1 << 20 },
};
const record = {
  ...{ method: "POST" as const, path: "/api/v1/users", status: 200, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 300 },
  ...{ responseBytes: 1_024, oktaRequestId: "reqexample", rateLimit: null },
};
const frame: Omit<FrameMessage, "channel"> = {
  ...{ callId: request.callId, seq: 0 },
  part: {
    ...{ kind: "whole", head: { status: 200, headers: { "content-type": "application/json" } }, body: Buffer.alloc(1_024, "x") },
    end: { record, next: null, last: true },
  },
};

function message(address: CallMessage["address"]): CallMessage {
  return {
    ...{ protocol: 2, controllerId: newId("controller"), channel: 1, work: { kind: "send", request }, bodyBytes: 300 },
    ...{
      notAfterMs: 1,
      credit: { bytes: 1_048_576, pages: 0 },
      check: { connection: "acme", target: { host: "h", addresses: [] } },
      address,
    },
  };
}

/** Both ends of a call's line, and what each step of it costs in microseconds. */
function steps(): Readonly<Record<string, () => void>> {
  const trust = embeddedTrust(newTrustSeeds());
  const keys = newAgentKeys();
  const written = (key: Uint8Array): string => Buffer.from(key).toString("base64url");
  const { identity, signing, sealing } = keys.public;
  const known = { bootId: "boot", keys: { identity: written(identity), signing: written(signing), sealing: written(sealing) } };
  const common = { clock: systemClock, rejections: new Rejections({ clock: systemClock, logger: silentLogger }) };
  const seals = new InstallationSeals({ ...common, controllerId: newId("controller"), trust, agent: (_: AgentId) => known });
  const installation = new KnownInstallation({ load: () => undefined, store: () => undefined });
  installation.learn(trust.announced);
  const gate = new CallGate({ ...common, agentId: agent, keys, installation, onUnknownKey: () => undefined });
  const address = { audience: agent, bootId: "boot", epoch: 1, replyKey: newSeed() };
  let line = seals.line(agent);
  let envelope: Uint8Array = new Uint8Array();
  let opened: ReturnType<CallGate["openCall"]>;
  let sealed: Uint8Array = new Uint8Array();
  let plain: Uint8Array = new Uint8Array();
  return {
    "plain: encode and decode call and frame": () => {
      plain = encodeCall(message(address));
      decodeCall(plain);
      decodeFrame(encodeFrame({ ...frame, channel: 1 }));
    },
    "controller: encode, sign and seal a call": () => {
      line = seals.line(agent);
      envelope = line.seal(encodeCall(message({ ...line.address, epoch: 1 }))) as Uint8Array;
    },
    "agent: open, verify and decode it": () => {
      opened = gate.openCall(envelope);
    },
    "agent: encode, sign and seal the answer": () => {
      sealed = opened?.sealFrame(encodeFrame({ ...frame, channel: 1 }), true) ?? sealed;
      opened?.end();
    },
    "controller: open, verify and decode it": () => {
      decodeFrame(line.openFrame(sealed)?.frame ?? plain);
    },
  };
}

/** The steps in their order, over and over; the median of some rounds each. */
function measure(): Readonly<Record<string, number>> {
  const all = steps();
  const found: Record<string, number[]> = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const spent: Record<string, number> = {};
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [name, step] of Object.entries(all)) {
        const beganMs = performance.now();
        step();
        spent[name] = (spent[name] ?? 0) + performance.now() - beganMs;
      }
    }
    // The first one warms up.
    if (round > 0) for (const [name, ms] of Object.entries(spent)) found[name]?.push((ms / turns) * 1_000);
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

/** What signing and sealing cost of a call. */
export const bench = {
  name: "envelope",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    print("envelope: a call of 300 bytes, an answer of 1 KiB; microseconds, median of 5 rounds");
    const parts = measure();
    const row = ([name, us]: [string, number]): void => print(`  ${name.padEnd(42)} ${us.toFixed(1).padStart(7)}`);
    for (const part of Object.entries(parts)) row(part);
    const [plain = 0, ...sealed] = Object.values(parts);
    const addedUs = sealed.reduce((sum, us) => sum + us, 0) - plain;
    for (const part of Object.entries(primitives())) row(part);
    const wholeUs = await wholeCall();
    print(`  what sealing adds to a call: ${addedUs.toFixed(0)} of ${wholeUs.toFixed(0)}, a share of ${(addedUs / wholeUs).toFixed(2)}`);
    return { addedUs, wholeUs, share: addedUs / wholeUs };
  },
};
