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
import { type Field, until as untilSeen } from "../support/field.ts";

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
export function comeAs({ keys, jwt }: Loot, { broker }: Pick<Field, "broker">): Promise<NatsConnection> {
  const seed = new TextEncoder().encode(userNkeySeed(keys.identitySeed.reveal()).reveal());
  return connect({ servers: broker.url, authenticator: jwtAuthenticator(jwt, seed), reconnect: false });
}

/** What a traitor does with a call that was given to it. */
export type Answering = (call: OpenedCall, say: (frame: Uint8Array) => void) => Promise<void>;

/** An agent that was let in, with its own keys and rights, and does as it likes. */
export class Traitor {
  readonly id: AgentId;
  /** What it was let in as. */
  readonly name: string;
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
    this.words = new FieldWords({ ...own, bootId: this.#bootId });
    this.#gate = new CallGate({ ...own, onUnknownKey: () => undefined });
  }

  /** Lets an honest agent in, stops it, and goes on in its place. */
  static async enter(field: Field): Promise<Traitor> {
    const configuration = await field.configuration();
    const { id, stop } = await field.agent(configuration);
    await stop();
    await untilSeen(field.directory, () => field.directory.find(id)?.state === "lost");
    const loot = lootOf(configuration.dataDirectory);
    const traitor = new Traitor({ id, name: configuration.name }, loot, await comeAs(loot, field));
    traitor.connection.subscribe(subjects.allOfAgent(id), { callback: (_, { subject, data }) => traitor.#take(subject, data) });
    traitor.enrol();
    await untilSeen(field.directory, () => field.directory.find(id)?.state === "up");
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
    void this.answering?.(opened, (frame) => {
      this.sent.push(frame);
      this.connection.publish(subjects.frame(opened.call.controllerId, this.id), frame);
    });
  }
}
