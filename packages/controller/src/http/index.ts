export type { HttpDeps } from "./deps.ts";
export { createHttpServer, type HttpServer, type ListenAddress } from "./server.ts";
