import { isIP } from "node:net";

/** A target as selectors see it. */
export interface PlacementTarget {
  readonly host: string;
  readonly addresses: readonly string[];
}

/**
 * The target of a connection, as far as it is known without asking DNS: the base URL's host, and its address when it is one.
 * The controller that chooses and the agent that checks again must see the same, so both get it from here.
 */
export function targetOf(baseUrl: string): PlacementTarget {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname.replace(/^\[(.*)\]$/, "$1") : "";
  return { host, addresses: isIP(host) === 0 ? [] : [host] };
}
