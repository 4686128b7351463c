import { parseId } from "../ids.ts";
import { readLabels, writeLabels } from "./agent-codec.ts";
import { readFacts, writeFacts } from "./call-codec.ts";
import { type longarm, wire } from "./generated.ts";
import {
  type AgentRights,
  heldReasons,
  type KnockAnswerMessage,
  type KnockedMessage,
  type KnockingMessage,
  type KnockMessage,
  type KnockVerdict,
} from "./knock-messages.ts";
import {
  present,
  readAgentName,
  readCount,
  readError,
  readMessage,
  readName,
  readOptionalText,
  readText,
  readWord,
  writeError,
} from "./reading.ts";
import { readAgentKeys, readSignedInstallation } from "./trust-codec.ts";

/** A sealed asking as bytes. */
export function encodeKnock({ sealing, sealedTo, sealed }: KnockMessage): Uint8Array {
  return wire.Knock.encode({ sealing, sealedTo, sealed }).finish();
}

/** Throws `invalid_wire_message` for anything that is no sealed asking. */
export function decodeKnock(message: Uint8Array): KnockMessage {
  return readMessage("knock", message, (bytes) => {
    const { sealing, sealedTo, sealed } = wire.Knock.decode(bytes);
    return { sealing, sealedTo: readName(sealedTo, "key id"), sealed };
  });
}

/** An asking as bytes, to be sealed. */
export function encodeKnocking(knocking: KnockingMessage): Uint8Array {
  const { agentId, nonce, generation, name, protocol, keys, proof, secret } = knocking;
  const told = { agentId, nonce, generation, name, protocol, keys, proof, secret: secret ?? null, challenge: knocking.challenge ?? null };
  return wire.Knocking.encode({ ...told, labels: writeLabels(knocking.labels), facts: writeFacts(knocking.facts) }).finish();
}

/** Throws `invalid_wire_message` for anything that is no asking. */
export function decodeKnocking(message: Uint8Array): KnockingMessage {
  return readMessage("asking", message, (bytes) => {
    const knocking = wire.Knocking.decode(bytes);
    const secret = readOptionalText(knocking.secret, "secret");
    const challenge = readOptionalText(knocking.challenge, "challenge");
    return {
      agentId: parseId("agent", readName(knocking.agentId, "agent id")),
      nonce: readName(knocking.nonce, "nonce"),
      generation: readCount(knocking.generation, "generation"),
      name: readAgentName(knocking.name),
      protocol: readCount(knocking.protocol, "protocol"),
      labels: readLabels(knocking.labels),
      facts: readFacts(knocking.facts),
      keys: readAgentKeys(knocking.keys),
      proof: knocking.proof,
      ...(secret !== null && { secret }),
      ...(challenge !== null && { challenge }),
    };
  });
}

/** A sealed answer as bytes. */
export function encodeKnocked({ sealedBy, sealed }: KnockedMessage): Uint8Array {
  return wire.Knocked.encode({ sealedBy, sealed }).finish();
}

/** Throws `invalid_wire_message` for anything that is no sealed answer. */
export function decodeKnocked(message: Uint8Array): KnockedMessage {
  return readMessage("knock's answer", message, (bytes) => {
    const { sealedBy, sealed } = wire.Knocked.decode(bytes);
    return { sealedBy: readName(sealedBy, "key id"), sealed };
  });
}

/** An answer as bytes, to be sealed. */
export function encodeKnockAnswer({ nonce, verdict, installation }: KnockAnswerMessage): Uint8Array {
  return wire.KnockAnswer.encode({ nonce, installation, ...writeVerdict(verdict) }).finish();
}

function writeVerdict(verdict: KnockVerdict): longarm.v1.KnockAnswer.$Properties {
  if (verdict.kind === "refused") return { refused: writeError(verdict.error) };
  if (verdict.kind === "held") {
    const { reason, sentence, challenge } = verdict;
    return { held: { reason, sentence, challenge: challenge ?? null } };
  }
  const { generation, jwt, returnJwt, labels } = verdict;
  return { admitted: { generation, jwt, returnJwt, labels: writeLabels(labels) } };
}

/** Throws `invalid_wire_message` for anything that is no answer. */
export function decodeKnockAnswer(message: Uint8Array): KnockAnswerMessage {
  return readMessage("answer to an asking", message, (bytes) => {
    const answer = wire.KnockAnswer.decode(bytes);
    const installation = readSignedInstallation(answer.installation);
    return { nonce: readName(answer.nonce, "nonce"), verdict: readVerdict(answer), installation };
  });
}

function readVerdict(answer: longarm.v1.KnockAnswer.$Shape): KnockVerdict {
  if (answer.answer === "refused") return { kind: "refused", error: readError(answer.refused) };
  if (answer.answer === "held") {
    const { reason, sentence, ...held } = present(answer.held, "reason");
    const challenge = readOptionalText(held.challenge, "challenge");
    const told = { reason: readWord(reason, heldReasons, "reason"), sentence: readText(sentence, "sentence") };
    return { kind: "held", ...told, ...(challenge !== null && { challenge }) };
  }
  const admitted = present(answer.admitted, "answer");
  return {
    kind: "admitted",
    generation: readCount(admitted.generation, "generation", 1),
    labels: readLabels(admitted.labels),
    ...readRights(admitted),
  };
}

/** An agent's next rights as bytes. */
export function encodeRenewal({ jwt, returnJwt }: AgentRights): Uint8Array {
  return wire.Renewal.encode({ jwt, returnJwt }).finish();
}

/** Throws `invalid_wire_message` for anything that renews nothing. */
export function decodeRenewal(message: Uint8Array): AgentRights {
  return readMessage("renewal", message, (bytes) => readRights(wire.Renewal.decode(bytes)));
}

function readRights({ jwt, returnJwt }: longarm.v1.Renewal.$Properties): AgentRights {
  return { jwt: readName(jwt, "right to work"), returnJwt: readName(returnJwt, "right to come back") };
}
