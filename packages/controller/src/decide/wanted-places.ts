import type { ConnectionTerms, RunTerms } from "@longarm/shared";

/** A place that a run needs before it begins. */
export interface WantedPlace {
  /** What a run that waits for it waits for. */
  readonly reason: "concurrency_key" | "concurrency_limit";
  /** What tells it from every other place, in order. */
  readonly of: readonly string[];
  /** How many runs may hold it at once. */
  readonly limit: number;
  /** What it is called in a sentence. */
  readonly name: string;
}

/**
 * The places that a run takes, in the order in which it takes them: its key before its connection's, so that runs that wait for a busy key
 * take nothing from the others, and nobody waits in a circle.
 */
export function wantedPlaces(connection: ConnectionTerms & { readonly name: string }, terms: RunTerms = {}): readonly WantedPlace[] {
  const { name, concurrency } = connection;
  const { concurrencyKey: key, concurrencyLimit } = terms;
  const places: WantedPlace[] = [];
  if (key !== undefined) {
    const limit = concurrencyLimit ?? concurrency?.keyLimit ?? 1;
    places.push({ reason: "concurrency_key", of: [name, key], limit, name: `the key "${key}"` });
  }
  if (concurrency?.limit !== undefined)
    places.push({ reason: "concurrency_limit", of: [name], limit: concurrency.limit, name: `a place of the connection ${name}` });
  return places;
}

/** Why a run waits for a place, with counts: `2 of 2 runs hold the key "ada"; 17 wait before this one here`. */
export function placeSentence(place: WantedPlace, at: { readonly holding: number; readonly ahead: number }): string {
  const [holding, ahead] = [at.holding, at.ahead].map((count) => count.toLocaleString("en"));
  const others = at.ahead === 0 ? "this one is next here" : `${ahead} ${at.ahead === 1 ? "waits" : "wait"} before this one here`;
  return `${holding} of ${place.limit.toLocaleString("en")} runs ${at.holding === 1 && place.limit === 1 ? "holds" : "hold"} ${place.name}; ${others}.`;
}
