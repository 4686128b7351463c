/** The version of the agent protocol that this side speaks, and the oldest that it still understands. */
export const protocolVersion: number = 2;
export const oldestProtocol: number = 2;

/** The broker refuses payloads over 1 MB; a message of ours stays below that with its subject and headers. */
export const maxMessageBytes = 1_000_000;

/** How much of a body one frame carries. Above 64 KiB the throughput no longer rises and other calls wait longer behind a frame. */
export const chunkBytes = 64 * 1024;

/** How much of a request's body stands in the call itself; the rest follows under credit. */
export const inlineBodyBytes = 512 * 1024;

/** The longest text that may stand in a message: a URL of a page, a selector, a detail. */
export const maxTextLength = 16 * 1024;
