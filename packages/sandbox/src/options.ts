import { type Clock, systemClock } from "@longarm/shared";
import type { ObservedAnswer } from "./http/api.ts";
import type { LimitName, LimitTable } from "./http/limits.ts";
import type { SeedStatuses } from "./state/seed/people.ts";

/** How a sandbox is started; everything has a default. */
export interface SandboxOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** How many users the org starts with. Default 0. */
  readonly users?: number;
  /** What the seeded users, groups and ids are drawn from. Default 1. */
  readonly seed?: number;
  /** Whether all seeded users are ACTIVE, or seven of every hundred are not. Default `active`. */
  readonly statuses?: SeedStatuses;
  /** The API token that is accepted. Default `sandbox-token`. */
  readonly token?: string;
  /** Rate limits: a published set, or one's own table. Default `workforce`. */
  readonly limits?: LimitName | LimitTable;
  /** Length of a rate-limit window, in milliseconds. Default one minute. */
  readonly limitWindowMs?: number;
  /** How long `search` keeps showing the state before a change, in milliseconds. Default 250. */
  readonly indexLagMs?: number;
  /** How long activations, deactivations and deletions take, in milliseconds. Default 0: they are done at once. */
  readonly transitionMs?: number;
  readonly clock?: Clock;
  /** Is told every answer of the org's API before it leaves, but those that a fault was asked to give: for tests that check them all. */
  readonly onAnswer?: (answer: ObservedAnswer) => void;
}

/** The options with every default filled in. */
export type FilledOptions = Required<Omit<SandboxOptions, "onAnswer">> & Pick<SandboxOptions, "onAnswer">;

/** What a sandbox is started with where nothing is said. */
export const defaultOptions: FilledOptions = {
  port: 0,
  host: "127.0.0.1",
  users: 0,
  seed: 1,
  statuses: "active",
  token: "sandbox-token",
  limits: "workforce",
  limitWindowMs: 60_000,
  indexLagMs: 250,
  transitionMs: 0,
  clock: systemClock,
};
