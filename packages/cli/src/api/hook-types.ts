/** How often something happened at a hook. */
export interface HookCounts {
  readonly deliveries: number;
  readonly events: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly missed: number;
}

/** A hook as the API shows it. */
export interface Hook {
  readonly name: string;
  readonly uri: string;
  readonly secrets: readonly { readonly id: string; readonly madeAt: string; readonly endsAt: string | null }[];
  readonly presentUsed: boolean;
  readonly reconcileEvery: string | null;
  readonly counts: HookCounts;
  readonly lastDeliveryAt: string | null;
  readonly reconciledUntil: string;
  readonly lastLook: { readonly at: string; readonly problem: string | null } | null;
  readonly lastGap: { readonly missed: number; readonly foundAt: string; readonly since: string; readonly until: string } | null;
  readonly ownActors: readonly string[] | null;
  readonly revision: number;
}

/** A hook with the secret that was just made. */
export interface NewHook extends Hook {
  readonly secret: string;
}
