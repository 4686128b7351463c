import type { Labels } from "../selector/contract.ts";
import { readFacts, writeFacts } from "./call-codec.ts";
import { wire, type longarm } from "./generated.ts";
import {
  beatStates,
  desiredStates,
  journalStates,
  type BeatMessage,
  type DesiredMessage,
  type EnrolAnswer,
  type EnrolledMessage,
  type EnrolMessage,
} from "./messages.ts";
import {
  addOnce,
  present,
  readCount,
  readError,
  readIdOf,
  readMeasure,
  readMessage,
  readAgentName,
  readName,
  readOptionalText,
  readText,
  readWord,
  writeError,
} from "./reading.ts";
import { readAgentKeys, readSignedInstallation } from "./trust-codec.ts";

/** An agent's asking as bytes. */
export function encodeEnrol(enrol: EnrolMessage): Uint8Array {
  const { protocol, name, slots, bootId, nonce, keys, proof } = enrol;
  return wire.Enrol.encode({
    protocol,
    name,
    slots,
    bootId,
    nonce,
    journalId: enrol.journalId ?? null,
    facts: writeFacts(enrol.facts),
    keys,
    proof,
    generation: enrol.generation ?? null,
  }).finish();
}

/** Throws `invalid_wire_message` for anything that is no asking. */
export function decodeEnrol(message: Uint8Array): EnrolMessage {
  return readMessage("enrolment", message, (bytes) => {
    const enrol = wire.Enrol.decode(bytes);
    const journalId = readOptionalText(enrol.journalId, "journal id");
    return {
      protocol: readCount(enrol.protocol, "protocol"),
      name: readAgentName(enrol.name),
      facts: readFacts(enrol.facts),
      slots: readCount(enrol.slots, "slots", 1),
      bootId: readName(enrol.bootId, "boot id"),
      nonce: readName(enrol.nonce, "nonce"),
      keys: readAgentKeys(enrol.keys),
      proof: enrol.proof,
      ...(journalId !== null && { journalId }),
      ...(typeof enrol.generation === "number" && { generation: readCount(enrol.generation, "generation") }),
    };
  });
}

export function writeLabels(labels: Labels): longarm.v1.Label.$Properties[] {
  return Object.entries(labels).map(([name, value]) => {
    return typeof value === "string" ? { name, values: [value], list: false } : { name, values: [...value], list: true };
  });
}

export function readLabels(labels: readonly longarm.v1.Label.$Properties[] | null | undefined): Labels {
  const read: Record<string, string | readonly string[]> = {};
  for (const label of labels ?? []) {
    const values = (label.values ?? []).map((value) => readText(value, "label value"));
    addOnce(read, readName(label.name, "label name"), label.list ? values : present(values[0], "label value"));
  }
  return read;
}

function readReach(reach: readonly longarm.v1.Reach.$Properties[] | null | undefined): Readonly<Record<string, number>> {
  const read: Record<string, number> = {};
  for (const { connection, ms } of reach ?? []) addOnce(read, readName(connection, "connection"), readMeasure(ms, "reach"));
  return read;
}

/** A controller's answer as bytes. */
export function encodeEnrolled(enrolled: EnrolledMessage): Uint8Array {
  const { controllerId, nonce, protocolMin, protocolMax, nowMs, installation } = enrolled;
  const answer = writeAnswer(enrolled.answer);
  return wire.Enrolled.encode({ controllerId, nonce, protocolMin, protocolMax, nowMs, installation, ...answer }).finish();
}

function writeAnswer(answer: EnrolAnswer): longarm.v1.Enrolled.$Properties {
  if (answer.kind === "refused") return { refused: writeError(answer.error) };
  return { granted: { labels: writeLabels(answer.labels), desired: answer.desired } };
}

/** Throws `invalid_wire_message` for anything that is no answer. */
export function decodeEnrolled(message: Uint8Array): EnrolledMessage {
  return readMessage("enrolment answer", message, (bytes) => {
    const enrolled = wire.Enrolled.decode(bytes);
    return {
      controllerId: readIdOf("controller", enrolled.controllerId),
      nonce: readName(enrolled.nonce, "nonce"),
      protocolMin: readCount(enrolled.protocolMin, "oldest protocol"),
      protocolMax: readCount(enrolled.protocolMax, "newest protocol"),
      nowMs: readMeasure(enrolled.nowMs, "time"),
      answer: readAnswer(enrolled),
      installation: readSignedInstallation(enrolled.installation),
    };
  });
}

function readAnswer(enrolled: longarm.v1.Enrolled.$Shape): EnrolAnswer {
  if (enrolled.answer === "refused") return { kind: "refused", error: readError(enrolled.refused) };
  const { labels, desired } = present(enrolled.granted, "answer");
  return { kind: "granted", labels: readLabels(labels), desired: readWord(desired, desiredStates, "desired state") };
}

/** A beat as bytes. */
export function encodeBeat(beat: BeatMessage): Uint8Array {
  const { bootId, seq, slots, load, loopLagMs, state, openCalls, facts, journal, policy } = beat;
  const reach = Object.entries(beat.reach).map(([connection, ms]) => ({ connection, ms }));
  const counts = { slotsTotal: slots.total, slotsFree: slots.free, load, loopLagMs, openCalls };
  const journaled = journal ? { journalId: journal.id, journalState: journal.state } : {};
  const held = policy ? { policyHash: policy.hash, policyStale: policy.isStale } : {};
  return wire.Beat.encode({
    bootId,
    seq,
    state,
    reach,
    ...counts,
    ...journaled,
    ...held,
    ...(facts && { facts: writeFacts(facts) }),
  }).finish();
}

/** Throws `invalid_wire_message` for anything that is no beat. */
export function decodeBeat(message: Uint8Array): BeatMessage {
  return readMessage("beat", message, (bytes) => {
    const beat = wire.Beat.decode(bytes);
    const total = readCount(beat.slotsTotal, "slots");
    return {
      bootId: readName(beat.bootId, "boot id"),
      seq: readCount(beat.seq, "sequence"),
      slots: { total, free: Math.min(total, readCount(beat.slotsFree, "free slots")) },
      load: Math.min(1, readMeasure(beat.load, "load")),
      loopLagMs: readMeasure(beat.loopLagMs, "loop lag"),
      reach: readReach(beat.reach),
      ...(beat.facts ? { facts: readFacts(beat.facts) } : {}),
      state: readWord(beat.state, beatStates, "state"),
      openCalls: readCount(beat.openCalls, "open calls"),
      ...readJournal(beat),
      ...readPolicy(beat),
    };
  });
}

function readJournal({ journalId, journalState }: longarm.v1.Beat.$Shape): Pick<BeatMessage, "journal"> {
  const id = readOptionalText(journalId, "journal id");
  return id === null ? {} : { journal: { id, state: readWord(journalState, journalStates, "journal state") } };
}

function readPolicy({ policyHash, policyStale }: longarm.v1.Beat.$Shape): Pick<BeatMessage, "policy"> {
  const hash = readOptionalText(policyHash, "policy hash");
  return hash === null ? {} : { policy: { hash, isStale: policyStale === true } };
}

/** What is wanted of an agent, as bytes. */
export function encodeDesired(desired: DesiredMessage): Uint8Array {
  return wire.Desired.encode({ controllerId: desired.controllerId, state: desired.state ?? null, enrol: desired.enrol }).finish();
}

/** Throws `invalid_wire_message` for anything that is no desired state. */
export function decodeDesired(message: Uint8Array): DesiredMessage {
  return readMessage("desired state", message, (bytes) => {
    const desired = wire.Desired.decode(bytes);
    const state = desired.state ? { state: readWord(desired.state, desiredStates, "desired state") } : {};
    return { controllerId: readIdOf("controller", desired.controllerId), ...state, enrol: desired.enrol };
  });
}
