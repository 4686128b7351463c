import { arch, hostname, networkInterfaces, platform } from "node:os";
import type { StableFacts } from "@longarm/shared/wire";

/** What the agent reports about itself and its machine. */
export function readFacts({ version, credentials }: { readonly version: string; readonly credentials: readonly string[] }): StableFacts {
  return { os: platform(), arch: arch(), version, hostname: hostname(), addresses: readAddresses(), credentials };
}

function readAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  // A temporary IPv6 address changes by the day and link-local ones say nothing: neither is worth a selector.
  return all
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
    .map(({ address }) => address)
    .toSorted();
}
