import { isIP } from "node:net";

/** Do messages to this broker stay on this machine (loopback), or travel encrypted? */
export function isPrivateUrl(url: string): boolean {
  const parsed = new URL(url);
  if (parsed.protocol === "tls:" || parsed.protocol === "wss:") return true;
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
