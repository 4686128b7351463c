/** What is asked about a member of an action's input. */
export interface ChoicesQuestion {
  readonly action: string;
  /** The member of its input. */
  readonly member: string;
  /** May be left away while exactly one connection is defined. */
  readonly connection?: string;
  /** The beginning of what is looked for. */
  readonly q?: string;
  /** The `next` of the answer before. */
  readonly next?: string;
  /** `local` or CEL; narrows the connection's placement. */
  readonly on?: string;
}

/** What a member can be, or which fields it takes. */
export interface Choices {
  readonly gives: "choices" | "fields";
  /** The action that told. */
  readonly from: string;
  readonly choices: readonly unknown[] | null;
  readonly fields: readonly unknown[] | null;
  readonly next: string | null;
  /** There are more than could be given; a longer `q` finds them. */
  readonly truncated: boolean;
}

/**
 * Asks the target, by the way that a run would take, but without one. Throws `invalid_request` for a member that nothing is told of,
 * `unknown_action`, `unknown_connection`, `no_agent_matches`, and what the telling action throws.
 */
export type TellChoices = (question: ChoicesQuestion, signal: AbortSignal) => Promise<Choices>;
