export type { HttpDeps } from "./deps.ts";
export { assertMayListen } from "./listen-rule.ts";
export { createHttpServer, type HttpServer, type ListenAddress } from "./server.ts";
