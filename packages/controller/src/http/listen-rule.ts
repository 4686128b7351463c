import { isIPv4 } from "node:net";
import { LongarmError } from "@longarm/shared";

/** Where to listen, and what protects those who ask. */
export interface ListenWish {
  readonly host: string;
  readonly tls?: unknown;
  readonly plainHttp: boolean;
}

function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || name === "::1" || name === "[::1]" || (isIPv4(name) && name.startsWith("127."));
}

/** Throws `invalid_configuration` where tokens would cross a network in the clear without anybody having said so. */
export function assertMayListen({ host, tls, plainHttp }: ListenWish): void {
  if (isLoopback(host) || tls !== undefined || plainHttp) return;
  const message = `listen.host "${host}" is not this machine alone, and there is no \`listen.tls\`: API keys would cross the network in the clear. Set \`listen.tls\`, or \`listen.plainHttp: true\` where a proxy before it does TLS.`;
  throw new LongarmError("invalid_configuration", message);
}
