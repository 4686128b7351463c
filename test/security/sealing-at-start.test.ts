import assert from "node:assert/strict";
import { buckets, control, streams, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { KvDefinitionStore } from "../../packages/controller/src/nats/kv/kv-definition-store.ts";
import { JetStreamBlobStore } from "../../packages/controller/src/nats/runs/jetstream-blob-store.ts";
import { testSealing, type SealingTestDeps } from "../../packages/controller/src/nats/sealing-test.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import type { Credential } from "../../packages/controller/src/ports/credential-store.ts";
import { credentialCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import { withBroker } from "../support/broker.ts";
import { suite } from "../support/suite.ts";

const test = suite("the start of a controller");

async function withDeps(body: (deps: SealingTestDeps, publish: (subject: string, bytes: Uint8Array) => Promise<number>) => Promise<void>) {
  await withBroker(async (broker) => {
    const { control: connection } = await broker.connections();
    const [js, jsm, ring] = [jetstream(connection), await jetstreamManager(connection), createKeyRing()];
    await createStreams(jsm, { replicas: 1 });
    const of = { connection, bucket: buckets.selfTest, codec: credentialCodec, ring, logger: silentLogger };
    const definitions = await KvDefinitionStore.open<Credential>(of);
    const blobs = new JetStreamBlobStore({ connection, jsm, ring, clock: systemClock });
    await body({ definitions, blobs, jsm, logger: silentLogger }, async (subject, bytes) => (await js.publish(subject, bytes)).seq);
    definitions.close();
  });
}

const plainForms: Readonly<Record<string, (secret: string) => Uint8Array>> = {
  "as it is": (secret) => Buffer.from(`{"token":"${secret}"}`),
  "in base64": (secret) => Buffer.from(Buffer.from(`{"token":"${secret}"}`).toString("base64")),
  "in hex": (secret) => Buffer.from(Buffer.from(secret).toString("hex")),
};

test("finds what it has stored sealed, and leaves nothing of it in the streams of runs", () =>
  withDeps(async (deps) => {
    await testSealing(deps);
    await testSealing(deps);
    assert.equal((await deps.jsm.streams.info(streams.blobs)).state.messages, 0);
  }));

test("ends when a credential could be read on the broker, in whichever form", () =>
  withDeps(async (deps, publish) => {
    for (const [form, write] of Object.entries(plainForms)) {
      const put = async (name: string, value: Credential) => {
        const secret = value.scheme === "ssws" ? value.token.reveal() : "";
        const sequence = await publish(`${control.keyPrefix(buckets.selfTest)}${name}`, write(secret));
        return { value, revision: 1, sequence, updatedAt: 0 };
      };
      await assert.rejects(testSealing({ ...deps, definitions: { put } }), { code: "not_sealed", message: /bucket self_test/ }, form);
    }
  }));

test("ends when a record of a run could be read on the broker, and takes it away again", () =>
  withDeps(async (deps, publish) => {
    for (const [form, write] of Object.entries(plainForms)) {
      const put: SealingTestDeps["blobs"]["put"] = async (run, of) => {
        await publish(control.blob(run, { ...of, n: 0 }), write(Buffer.from(of.bytes).toString()));
        return { ...of, chunks: 1, length: 1, sha256: new Uint8Array(32) };
      };
      await assert.rejects(testSealing({ ...deps, blobs: { put } }), { code: "not_sealed", message: /stream BLOBS/ }, form);
    }
    assert.equal((await deps.jsm.streams.info(streams.blobs)).state.messages, 0);
  }));

test.run();
