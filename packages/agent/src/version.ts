import { readFileSync } from "node:fs";

/** The version of this agent's software. */
export const agentVersion: string = readVersion();

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return manifest.version;
}
