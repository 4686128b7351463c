import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { LongarmError } from "../../errors.ts";
import type { Reach } from "./reach.ts";

/** Who draws the line, as the message names it: `rule "users" of the site's policy`. */
export interface ReachGuard {
  readonly reach: Reach;
  readonly by: string;
}

/** How a connection is made; `lookup` resolves names in place of the system. */
export interface ConnectorOptions {
  readonly allowH2: false;
  readonly timeout: number;
  readonly ca?: string | string[];
  readonly lookup?: LookupFunction;
}

/**
 * Connects as undici does, but only to addresses that the reach allows. Names are looked up once per connection, and it goes to the very
 * address that was looked at: a name that resolves otherwise a moment later changes nothing. What is refused ends as `policy_denied`.
 */
export function guardedConnector(options: ConnectorOptions, guard: ReachGuard): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: guardedLookup(options.lookup ?? systemLookup, guard) });
  return (target, callback) => {
    const host = bare(target.hostname);
    // An address is not looked up, so that the lookup cannot refuse it.
    if (isIP(host) !== 0 && !guard.reach.allows(host)) return callback(refusal(host, [host], guard), null);
    connect(target, (...answer) => {
      const [error, socket] = answer;
      if (error || !socket) return callback(...answer);
      const reached = socket.remoteAddress;
      // One that is gone again has no address; nothing is sent over it either.
      if (reached === undefined || guard.reach.allows(reached)) return callback(...answer);
      socket.destroy();
      callback(refusal(host, [reached], guard), null);
    });
  };
}

function bare(hostname: string): string {
  return hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;
}

function guardedLookup(lookup: LookupFunction, guard: ReachGuard): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, "", 0);
      const all = listed(found, family);
      const allowed = all.filter(({ address }) => guard.reach.allows(address));
      const [first] = allowed;
      if (!first)
        return callback(
          refusal(
            host,
            all.map(({ address }) => address),
            guard,
          ),
          "",
          0,
        );
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

function listed(found: string | readonly LookupAddress[], family: number | undefined): readonly LookupAddress[] {
  const all = typeof found === "string" ? [{ address: found, family: family ?? isIP(found) }] : found;
  return all.filter(({ address }) => isIP(address) !== 0);
}

function refusal(host: string, addresses: readonly string[], { by }: ReachGuard): LongarmError {
  const where = addresses.length === 1 && addresses[0] === host ? host : `${host} (${addresses.slice(0, 4).join(", ") || "no address"})`;
  return new LongarmError("policy_denied", `${where} is no address that ${by} allows, so nothing was sent.`, {
    details: { reason: "address", host, addresses: addresses.slice(0, 16), by },
  });
}
