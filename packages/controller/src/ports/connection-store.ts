import type { ConnectionTerms } from "@longarm/shared";

/** Where a selector narrows, and what is preferred among those it leaves. Selectors are CEL source (`@longarm/shared/selector`). */
export interface PlacementRule {
  readonly require?: string;
  readonly prefer?: readonly { readonly when: string; readonly weight: number }[];
  /** Milliseconds that a run waits under `whenNone: wait`, or at this stage of `next`. */
  readonly waitForMs?: number;
}

export interface Placement extends PlacementRule {
  readonly on: "local" | "agent" | "either";
  readonly whenNone: "wait" | "fail" | "local" | "next";
  readonly next?: readonly PlacementRule[];
}

/** A name for a target: where it is, how to authenticate, where its calls run. */
export interface Connection extends ConnectionTerms {
  readonly name: string;
  /** Origin and optional path prefix, no trailing slash. */
  readonly baseUrl: string;
  /** The name of a credential; absent: none is sent. */
  readonly credential?: string;
  readonly placement: Placement;
  /** What its own calls may connect to from a controller: `public`, addresses, ranges. Absent: as its base URL says (`localReach`). */
  readonly addresses?: readonly string[];
  /** How long one call may take, and how large its answer may be. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
}

/** A stored definition. */
export interface Revised<T> {
  readonly value: T;
  /** Counts the definition's changes, from 1; after a removal from 1 again. */
  readonly revision: number;
  /** Where it is stored: what the next change names as the one it follows. Never the same twice, whatever was removed meanwhile. */
  readonly sequence: number;
  /** Unix milliseconds of the last change. */
  readonly updatedAt: number;
}

/** Definitions by name. `put` with the `expected` sequence (0: must not exist) throws `conflict` when somebody else changed it meanwhile. */
export interface DefinitionStore<T> {
  get(name: string): Promise<Revised<T> | undefined>;
  list(): Promise<readonly Revised<T>[]>;
  put(name: string, value: T, expected?: number): Promise<Revised<T>>;
  /** Resolves to false when there was none. With the `expected` sequence it throws `conflict` when somebody else changed it meanwhile. */
  remove(name: string, expected?: number): Promise<boolean>;
}

/** How many versions of a definition are kept where they are, the one that stands included. */
export const keptVersions = 25;

/** Definitions whose former versions can be read. */
export interface VersionedStore<T> extends DefinitionStore<T> {
  /** What stands under the name and what stood before it, the newest first, `keptVersions` at most; none once it was removed. */
  versions(name: string): Promise<readonly Revised<T>[]>;
}

export type ConnectionStore = DefinitionStore<Connection>;
