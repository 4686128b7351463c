import type { AgentId } from "@longarm/shared";
import type { Connection } from "./connection-store.ts";
import type { AgentView } from "./agent-directory.ts";

/** One agent's answer to a selector. */
export interface AgentVerdict {
  readonly agent: { readonly id: AgentId; readonly name: string; readonly state: AgentView["state"] };
  readonly matched: boolean;
  /** The first condition that failed, as CEL source or as a named state (`state == "paused"`, `no free slot`); null when matched. */
  readonly failed: string | null;
  /** What the failing part evaluated to, or the evaluation's error; for people. */
  readonly because: string | null;
  readonly score: number | null;
}

/** What `POST /v1/selectors/explain` answers: the CEL that was evaluated and every agent's verdict. */
export interface SelectorExplanation {
  readonly selector: string;
  readonly matched: number;
  readonly total: number;
  readonly agents: readonly AgentVerdict[];
}

/** The result of a choice: an agent with the reason, or the counts of what failed. */
export type Choice =
  | { readonly kind: "chosen"; readonly agent: AgentView; readonly why: string }
  | {
      readonly kind: "none";
      readonly sentence: string;
      readonly failed: readonly { readonly condition: string; readonly count: number }[];
      readonly busy: boolean;
    };

/** What agents are chosen for. */
export interface Occasion {
  readonly connection: Connection;
  readonly seed: string;
  /** Is it a call that changes something? Such a one needs an agent whose journal is open. Default false. */
  readonly isChanging?: boolean;
  /** Agents that are not chosen, since the policies of their sites deny what is to be done. */
  readonly denying?: ReadonlySet<AgentId>;
}

/** Chooses agents. Pure over the directory's state of the moment; the same seed and state give the same choice. */
export interface AgentSelection {
  choose(
    rule: { readonly require?: string; readonly prefer?: readonly { readonly when: string; readonly weight: number }[] },
    at: Occasion,
  ): Choice;
  explain(selector: string, connection: Connection | undefined): SelectorExplanation;
}

/** Selection that also counts what this controller has placed since an agent's last beat. */
export interface SlotSelection extends AgentSelection {
  /** Counts one slot of the agent as taken from now on; the function gives it back, once. */
  take(agent: AgentId): () => void;
  /**
   * When there may be a slot to take (one was given back, an agent has come or has changed), `offer` is asked, after those that came
   * before it; true: it will take one, and stops listening before it says so. As many are asked as there are slots. Those of one `group` want
   * the same, so that only its first is asked as long as it does not take. Returns the way to stop that.
   */
  onFree(offer: () => boolean, group?: string): () => void;
}
