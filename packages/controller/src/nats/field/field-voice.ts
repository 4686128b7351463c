import { type AgentId, agentAddressed, agentOfSubject, LongarmError, readId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { FieldSeals } from "./seal/field-seals.ts";

/** What the voice rests on. */
export interface FieldVoiceDeps {
  readonly publish: (subject: string, payload: Uint8Array) => void;
  readonly seals: Pick<FieldSeals, "sealWord" | "openWord">;
  readonly logger: Logger;
}

/** Says words to agents and hears theirs, sealed on the way. */
export class FieldVoice {
  readonly #deps: FieldVoiceDeps;

  constructor(deps: FieldVoiceDeps) {
    this.#deps = deps;
  }

  /** Says a word to the agent that the subject names; `bootId`: to this process of it, else to the one that is enrolled. */
  say(subject: string, payload: Uint8Array, bootId?: string): void {
    const agent = readId("agent", agentAddressed(subject) ?? "");
    const word = agent && this.#deps.seals.sealWord(agent, { subject, payload, ...(bootId !== undefined && { bootId }) });
    if (word instanceof Promise)
      word.then((made) => made && this.#deps.publish(subject, made)).catch((reason) => this.#unsaid(subject, reason));
    else if (word) this.#deps.publish(subject, word);
  }

  /** Runs `take` with what an agent's word says, and who says it; one that does not verify is dropped. */
  hear(subject: string, envelope: Uint8Array, take: (agent: AgentId, payload: Uint8Array) => void): void {
    const agent = agentNamed(subject);
    const payload = agent && this.#deps.seals.openWord(agent, subject, envelope);
    if (payload) take(agent, payload);
  }

  #unsaid(subject: string, reason: unknown): void {
    this.#deps.logger.warn({ subject, reason: LongarmError.from(reason).message }, "a message to an agent could not be signed");
  }
}

/** The agent that an agent's subject names; a subject that names none is nobody's. */
export function agentNamed(subject: string): AgentId | undefined {
  return readId("agent", agentOfSubject(subject) ?? "");
}
