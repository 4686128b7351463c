// Somebody who has an agent's data directory: its keys, and its rights at the broker.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type AgentId, type ControllerId, field as subjects, Rejections, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { openSigned, signedByAgent, userNkeySeed } from "@longarm/shared/seal";
import { decodeEnrolled, encodeEnrol, protocolVersion } from "@longarm/shared/wire";
import { connect, jwtAuthenticator, type NatsConnection } from "@nats-io/transport-node";
import { Membership } from "../../packages/agent/src/enrol/membership.ts";
import { type AgentKeyRing, openAgentKeys } from "../../packages/agent/src/keys/agent-keys.ts";
import { installationFile } from "../../packages/agent/src/keys/installation-file.ts";
import { KnownInstallation } from "../../packages/agent/src/keys/known-installation.ts";
import type { OpenedCall } from "../../packages/agent/src/call/call-seal.ts";
import { CallGate } from "../../packages/agent/src/seal/call-gate.ts";
import { FieldWords } from "../../packages/agent/src/seal/field-words.ts";

/** What stands in an agent's data directory. */
export interface Loot {
  readonly keys: AgentKeyRing;
  readonly installation: KnownInstallation;
  readonly jwt: string;
}

/** Reads an agent's data directory. */
export function lootOf(dataDirectory: string): Loot {
  const keys = openAgentKeys(join(dataDirectory, "keys.json"));
  const installation = new KnownInstallation(installationFile(join(dataDirectory, "installation.json")));
  return { keys, installation, jwt: Membership.open(join(dataDirectory, "membership.json")).rights?.jwt ?? "" };
}

/** A connection to the broker as that agent, which does not come back once it was cut. */
export function comeAs({ keys, jwt }: Loot, { broker }: { readonly broker: { readonly url: string } }): Promise<NatsConnection> {
  const seed = new TextEncoder().encode(userNkeySeed(keys.identitySeed.reveal()).reveal());
  return connect({ servers: broker.url, authenticator: jwtAuthenticator(jwt, seed), reconnect: false });
}

/** What a traitor does with a call that was given to it. */
export type Answering = (call: OpenedCall, say: (frame: Uint8Array) => void) => Promise<void>;

/** What whoever has taken a host finds there. */
export interface StolenHost {
  readonly id: AgentId;
  /** What the agent was let in as. */
  readonly name: string;
  readonly dataDirectory: string;
  readonly brokerUrl: string;
}

/** An agent that was let in, with its own keys and rights, and does as it likes. */
export class Traitor {
  readonly id: AgentId;
  /** What it was let in as. */
  readonly name: string;
  /** Called after each of its answers, once the broker has it. */
  onSaid: () => void = () => undefined;
  readonly loot: Loot;
  readonly connection: NatsConnection;
  /** All that it ever sent about calls. */
  readonly sent: Uint8Array[] = [];
  readonly words: FieldWords;
  readonly #gate: CallGate;
  #bootId = "traitor-0";
  #controllerId: ControllerId | undefined;
  answering: Answering | undefined;

  private constructor(who: { readonly id: AgentId; readonly name: string }, loot: Loot, connection: NatsConnection) {
    const { id, name } = who;
    this.id = id;
    this.name = name;
    this.loot = loot;
    this.connection = connection;
    const rejections = new Rejections({ clock: systemClock, logger: silentLogger });
    const own = { agentId: id, keys: loot.keys, installation: loot.installation, rejections, clock: systemClock };
    this.words = new FieldWords({
      ...own,
      bootId: this.#bootId,
      timeOf: () => ({ nowMs: Date.now(), uncertaintyMs: 0 }),
      onLate: () => undefined,
    });
    this.#gate = new CallGate({ ...own, onUnknownKey: () => undefined });
  }

  /** Goes on in the place of an agent, with what its host holds. */
  static async enter({ id, name, dataDirectory, brokerUrl }: StolenHost): Promise<Traitor> {
    const loot = lootOf(dataDirectory);
    const traitor = new Traitor({ id, name }, loot, await comeAs(loot, { broker: { url: brokerUrl } }));
    traitor.connection.subscribe(subjects.allOfAgent(id), { callback: (_, { subject, data }) => traitor.#take(subject, data) });
    traitor.enrol();
    return traitor;
  }

  /** The controller that gave it calls. */
  get controllerId(): ControllerId {
    return this.#controllerId ?? assert.fail("no controller was heard yet");
  }

  /** Asks to work, as a process of that name. */
  enrol(bootId = this.#bootId): void {
    const { keys } = this.loot;
    const proof = keys.signing.sign("enrolment", signedByAgent({ agentId: this.id, bootId, nonce: "n", keys: keys.public }));
    const facts = { os: "linux", arch: "x64", version: "9", hostname: "h", addresses: [] };
    const own = { name: this.name, facts, slots: 9, bootId, nonce: "n", keys: keys.public, proof };
    this.connection.publish(subjects.enrol(this.id), encodeEnrol({ protocol: protocolVersion, ...own }));
  }

  #take(subject: string, payload: Uint8Array): void {
    if (subject === subjects.enrolled(this.id)) {
      this.#controllerId = decodeEnrolled(openSigned(payload)?.payload ?? assert.fail()).controllerId;
    }
    if (subject !== subjects.call(this.id)) return;
    const opened = this.#gate.openCall(payload) ?? assert.fail("a call did not open");
    const answered = this.answering?.(opened, (frame) => {
      this.sent.push(frame);
      this.connection.publish(subjects.frame(opened.call.controllerId, this.id), frame);
    });
    void answered?.then(() => this.connection.flush()).then(() => this.onSaid());
  }
}
