import type { AgentId, ErrorCode } from "@longarm/shared";

/*
 * unknown ──a token that is used once──▶ admitted
 *    │
 *    └──a token that may only ask──▶ held ──an administrator approves──▶ admitted
 *
 * admitted ──asks with the generation that it was given──▶ admitted, next generation
 *    ├──asks with an older one: its state was copied──▶ quarantined, until an administrator decides
 *    └──revoked──▶ refused for good
 */

/** What an agent says when it asks to be let in. */
export interface Asking {
  readonly agent: AgentId;
  readonly name: string;
  /** Of its public keys, one of which signed the asking. */
  readonly fingerprint: string;
  /** How often it was let in before, as it remembers; 0 for the first time. */
  readonly generation: number;
  /** Stays the same until the answer has arrived, whatever restarts in between. */
  readonly nonce: string;
}

/** What is stored of an agent that has asked before. */
export interface KnownAgent {
  readonly fingerprint: string;
  /** What it was let in as: runs are placed by it, so that it is no more an agent's own to choose than its labels. */
  readonly name: string;
  readonly standing: "pending" | "admitted" | "quarantined" | "revoked";
  /** How often it was let in; absent: an administrator let it in again, with whatever it remembers. */
  readonly generation: number | undefined;
  /** The nonce of the asking that made this generation. */
  readonly nonce: string | undefined;
}

/** What an asking is judged by. */
export interface AskingGround {
  readonly known: KnownAgent | undefined;
  /** What the join token allows; absent: none was shown. */
  readonly token: { readonly allows: "entry" | "asking" } | { readonly allows: "nothing"; readonly sentence: string } | undefined;
  /** Another agent that was let in under the same name, and not revoked since. */
  readonly namesake: AgentId | undefined;
}

export type AskingVerdict =
  | { readonly kind: "admit"; readonly generation: number }
  | { readonly kind: "hold" }
  | { readonly kind: "quarantine"; readonly sentence: string }
  | { readonly kind: "refuse"; readonly code: ErrorCode & ("enrolment_refused" | "agent_name_taken"); readonly sentence: string };

/** May this agent come in? The same asking is always answered alike, so that several controllers may answer it side by side. */
export function judgeAsking(asking: Asking, ground: AskingGround): AskingVerdict {
  const { known, namesake, token } = ground;
  if (known && known.fingerprint !== asking.fingerprint)
    return refuse(`Agent ${asking.agent} is known by other keys (${known.fingerprint}); a new agent needs a data directory of its own.`);
  if (known?.standing === "revoked") return refuse(`Agent "${asking.name}" (${asking.agent}) was revoked.`);
  if (token?.allows === "nothing") return refuse(token.sentence);
  if (namesake) {
    const sentence =
      `Agent ${namesake} bears the name "${asking.name}". Where this one is to take its place, revoke that one first ("longarm agents revoke ` +
      `${namesake}"); else give this agent a name of its own (name in its configuration, or LONGARM_NAME).`;
    return { kind: "refuse", code: "agent_name_taken", sentence };
  }
  if (known && known.standing !== "pending" && known.name !== asking.name) return refuse(renamedSentence(asking, known));
  if (known?.standing === "quarantined") return { kind: "quarantine", sentence: quarantineSentence(asking) };
  if (known?.standing === "admitted") return judgeReturn(asking, known);
  return judgeStranger(asking, ground);
}

function judgeStranger(asking: Asking, { known, token }: AskingGround): AskingVerdict {
  if (token?.allows === "entry") return { kind: "admit", generation: (known?.generation ?? 0) + 1 };
  if (token?.allows === "asking" || (known && token === undefined)) return { kind: "hold" };
  return refuse(`Agent "${asking.name}" is not known here and shows no join token; make one with "longarm agents token".`);
}

function judgeReturn(asking: Asking, known: KnownAgent): AskingVerdict {
  if (known.generation === undefined) return { kind: "admit", generation: asking.generation + 1 };
  if (asking.generation === known.generation) return { kind: "admit", generation: known.generation + 1 };
  // The answer to this very asking was lost, or another controller has given it too.
  if (asking.generation === known.generation - 1 && asking.nonce === known.nonce) return { kind: "admit", generation: known.generation };
  return { kind: "quarantine", sentence: quarantineSentence(asking) };
}

function quarantineSentence({ name, agent }: Asking): string {
  return (
    `Agent "${name}" (${agent}) seems to run twice, from copies of one data directory; neither gets calls until an administrator ` +
    `approves it again ("longarm agents approve ${agent}"), after the copy is gone, or revokes it.`
  );
}

function renamedSentence({ agent, name }: Asking, known: KnownAgent): string {
  return `Agent ${agent} was let in as "${known.name}" and now calls itself "${name}". Give it its name back, or let it join anew from an empty data directory.`;
}

function refuse(sentence: string): AskingVerdict {
  return { kind: "refuse", code: "enrolment_refused", sentence };
}
