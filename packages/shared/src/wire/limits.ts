import { LongarmError } from "../errors.ts";

/** The version of the agent protocol that this side speaks, and the oldest that it still understands. */
export const protocolVersion: number = 2;
export const oldestProtocol: number = 2;

/** Why an agent that speaks this protocol cannot be worked with, and which side is to be upgraded; undefined: it can. */
export function protocolFault(name: string, protocol: number): LongarmError | undefined {
  if (protocol >= oldestProtocol && protocol <= protocolVersion) return undefined;
  const range = oldestProtocol === protocolVersion ? `${protocolVersion}` : `${oldestProtocol} to ${protocolVersion}`;
  const older = protocol < oldestProtocol ? "the agent" : "the controller";
  const sentence = `Agent "${name}" speaks protocol ${protocol}, this controller ${range}; upgrade ${older}.`;
  return new LongarmError("agent_protocol_unsupported", sentence);
}

/** The broker refuses payloads over 1 MB; a message of ours stays below that with its subject and headers. */
export const maxMessageBytes = 1_000_000;

/** How much of a body one frame carries. Above 64 KiB the throughput no longer rises and other calls wait longer behind a frame. */
export const chunkBytes = 64 * 1024;

/** How much of a request's body stands in the call itself; the rest follows under credit. */
export const inlineBodyBytes = 512 * 1024;

/** The longest text that may stand in a message: a URL of a page, a selector, a detail. */
export const maxTextLength = 16 * 1024;
