import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newId, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { VerifyingKey } from "@longarm/shared/seal";
import { decodeInstallationKeys, encodeCall } from "@longarm/shared/wire";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import type { InstallationTrust } from "../ports/installation-trust.ts";
import { SignerClient } from "./signer-client.ts";
import { serveSigner } from "./signer-server.ts";
import { newTrustSeeds, rotated, type TrustSeeds } from "./trust-keys.ts";

const test = suite("a signer in a process of its own");

function callUntil(notAfterMs: number): Uint8Array {
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1 };
  const what = { effect: "read", method: "GET", baseUrl: "https://acme.okta.com", path: "/", query: [], headers: {} } as const;
  const request = { ...ids, ...what, auth: { scheme: "none" } as const, timeoutMs: 1_000, maxResponseBytes: 1_000 };
  return encodeCall({
    ...{ protocol: 2, controllerId: newId("controller"), channel: 1, work: { kind: "send", request }, bodyBytes: 0, notAfterMs },
    ...{ credit: { bytes: 0, pages: 0 }, check: { connection: "acme", target: { host: "", addresses: [] } } },
    address: { audience: newId("agent"), bootId: "boot", epoch: 1, replyKey: new Uint8Array(32) },
  });
}

function verifying(trust: InstallationTrust): VerifyingKey {
  return new VerifyingKey(decodeInstallationKeys(trust.announced.keys).signing[0] as Uint8Array);
}

interface At {
  readonly socket: string;
  readonly seeds: TrustSeeds;
  serve(seeds?: TrustSeeds): ReturnType<typeof serveSigner>;
  rotate(seeds: TrustSeeds): void;
}

async function withSigner(body: (client: SignerClient, at: At & { stop(): Promise<void> }) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (home) => {
    const socket = join(home, "signer.sock");
    const seeds = newTrustSeeds();
    const serve = (served = seeds): ReturnType<typeof serveSigner> =>
      serveSigner({ seeds: served, socket, clock: systemClock, logger: silentLogger });
    const first = await serve();
    const client = await SignerClient.open(socket);
    try {
      await body(client, { socket, seeds, serve, rotate: (newer) => first.rotate(newer), stop: () => first.close() });
    } finally {
      await client.close();
      await first.close();
    }
  });
}

test("it signs calls of one turn at once, as the installation, and nobody else may open its socket", () =>
  withSigner(async (client, { socket }) => {
    const calls = Array.from({ length: 40 }, () => callUntil(Date.now() + 10_000));
    const signatures = await Promise.all(calls.map(async (call) => client.signer.sign("call", call)));
    assert(calls.every((call, at) => verifying(client).verify("call", call, signatures[at] as Uint8Array)));
    assert.equal(client.signer.keyId, verifying(client).id);
    assert.equal(statSync(socket).mode & 0o777, 0o600);
  }));

test("it signs no call that may begin for long yet, no other bytes, and none of its own keys", () =>
  withSigner(async (client) => {
    for (const [purpose, message] of [
      ["call", callUntil(Date.now() + 3_600_000)],
      ["call", callUntil(Date.now() - 3_600_000)],
      ["call", Buffer.from("no call")],
      ["installation", client.announced.keys],
      ["enrolment", new Uint8Array(32)],
      ["word", callUntil(Date.now())],
      ["answer", Buffer.from("agent.agt_1.call\0{}")],
    ] as const)
      await assert.rejects(async () => client.signer.sign(purpose, message), { code: "signer_unavailable" });
  }));

test("it signs anchors of the audit, and none that stands before one that it has signed", () =>
  withSigner(async (client) => {
    const anchor = (number: number, chain: string): Uint8Array => Buffer.from(`${chain} ${number} ${"a".repeat(64)}`);
    const [one, other] = [newId("controller"), newId("controller")];
    for (const message of [anchor(7, one), anchor(7, one), anchor(3, other), anchor(9, one)])
      assert(verifying(client).verify("audit", message, await client.signer.sign("audit", message)));
    for (const message of [anchor(8, one), Buffer.from(`${one} 10`), callUntil(Date.now())])
      await assert.rejects(async () => client.signer.sign("audit", message), { code: "signer_unavailable" });
  }));

test("while it is away nothing is signed; when it is back with fresh keys, these are announced and used", () =>
  withSigner(async (client, { serve, seeds, stop }) => {
    const before = client.signer.keyId;
    const told = Promise.withResolvers<void>();
    client.onRotated(() => told.resolve());
    await stop();
    await assert.rejects(async () => client.signer.sign("call", callUntil(Date.now())), { code: "signer_unavailable" });
    const again = await serve(rotated(seeds));
    const call = callUntil(Date.now());
    const signature = await client.signer.sign("call", call);
    await told.promise;
    assert.notEqual(client.signer.keyId, before);
    assert(verifying(client).verify("call", call, signature));
    await again.close();
  }));

test("keys that it takes up while it serves are announced and used, and what was being asked for is signed all the same", () =>
  withSigner(async (client, { seeds, rotate }) => {
    const before = client.signer.keyId;
    const told = Promise.withResolvers<void>();
    client.onRotated(() => told.resolve());
    const call = callUntil(Date.now());
    const asked = client.signer.sign("call", call);
    rotate(rotated(seeds));
    const signature = await asked;
    await told.promise;
    assert.notEqual(client.signer.keyId, before);
    const { signing } = decodeInstallationKeys(client.announced.keys);
    assert(signing.some((raw) => new VerifyingKey(raw).verify("call", call, signature)));
    assert(verifying(client).verify("call", call, await client.signer.sign("call", call)));
  }));

test("another installation's signer in its place is not followed", () =>
  withSigner(async (client, { serve, stop }) => {
    await stop();
    const other = await serve(newTrustSeeds());
    await assert.rejects(async () => client.signer.sign("call", callUntil(Date.now())), { code: "signer_unavailable" });
    await other.close();
  }));

test("a second one on the same socket is refused; what a dead one left there is not in the way", () =>
  withSigner(async (_, { socket, serve, stop }) => {
    await assert.rejects(serve(), { code: "data_directory_in_use" });
    await stop();
    writeFileSync(socket, "");
    await (await serve()).close();
  }));

test.run();
