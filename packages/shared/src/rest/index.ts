export * from "./collect-body.ts";
export * from "./contract.ts";
export { abortError } from "./failure.ts";
export { keptHeaders, readRateLimit, sendableHeaders } from "./headers.ts";
export * from "./http-url.ts";
export * from "./link-header.ts";
export * from "./oauth/index.ts";
export { isReachEntry, publicWord, type Reach, reachOf } from "./reach/reach.ts";
export * from "./rest-executor.ts";
