import { isIP } from "node:net";
import { readBaseUrl } from "../http-url.ts";
import { publicWord } from "./reach.ts";

/**
 * What an address reaches from here that is given without a list of addresses: the one that it names, this machine where it says
 * `localhost`, else whatever is public. So a name that comes to lead into the network leads nowhere, unless the addresses there are listed.
 */
export function localReach(baseUrl: string): readonly string[] {
  const host = new URL(readBaseUrl(baseUrl).origin).hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) !== 0) return [host];
  return host === "localhost" || host.endsWith(".localhost") ? ["127.0.0.0/8", "::1"] : [publicWord];
}
