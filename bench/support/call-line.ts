import { newId, Rejections, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { RestRequest } from "@longarm/shared/rest";
import { newSeed } from "@longarm/shared/seal";
import type { CallMessage } from "@longarm/shared/wire";
import { newAgentKeys } from "../../packages/agent/src/keys/agent-keys.ts";
import { KnownInstallation } from "../../packages/agent/src/keys/known-installation.ts";
import { CallGate } from "../../packages/agent/src/seal/call-gate.ts";
import { InstallationSeals } from "../../packages/controller/src/nats/field/seal/installation-seals.ts";
import { embeddedTrust, newTrustSeeds } from "../../packages/controller/src/trust/trust-keys.ts";

/** The agent that all calls here are for. */
export const agent = newId("agent");

/** The body of each of them. */
export const bodyBytes = 300;

/** A call that changes something and proves nothing. */
export const plainRequest: RestRequest = {
  ...{ runId: newId("run"), callId: newId("call"), attempt: 1, effect: "create", method: "POST", baseUrl: "https://acme.okta.com" },
  ...{ path: "/api/v1/users", query: [["activate", "true"]], headers: { accept: "application/json" }, auth: { scheme: "none" } },
  ...{ body: Buffer.alloc(bodyBytes, "x"), timeoutMs: 30_000, maxResponseBytes: 1 << 20 },
};

/** The message that such a call travels in. */
export function callMessage(address: CallMessage["address"], request: RestRequest): CallMessage {
  return {
    ...{ protocol: 2, controllerId: newId("controller"), channel: 1, work: { kind: "send", request }, bodyBytes, notAfterMs: 1 },
    ...{ credit: { bytes: 1_048_576, pages: 0 }, check: { connection: "acme", target: { host: "h", addresses: [] } }, address },
  };
}

/** Both ends of the way that calls to that agent take, without a broker between them. */
export function bothEnds(): { readonly seals: InstallationSeals; readonly gate: CallGate; readonly address: CallMessage["address"] } {
  const trust = embeddedTrust(newTrustSeeds());
  const keys = newAgentKeys();
  const written = (key: Uint8Array): string => Buffer.from(key).toString("base64url");
  const { identity, signing, sealing } = keys.public;
  const known = { bootId: "boot", keys: { identity: written(identity), signing: written(signing), sealing: written(sealing) } };
  const common = { clock: systemClock, rejections: new Rejections({ clock: systemClock, logger: silentLogger }) };
  const seals = new InstallationSeals({ ...common, controllerId: newId("controller"), trust, agent: () => known });
  const installation = new KnownInstallation({ load: () => undefined, store: () => undefined });
  installation.learn(trust.announced);
  const gate = new CallGate({ ...common, agentId: agent, keys, installation, onUnknownKey: () => undefined });
  return { seals, gate, address: { audience: agent, bootId: "boot", epoch: 1, replyKey: newSeed() } };
}
