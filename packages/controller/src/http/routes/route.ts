import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpDeps } from "../deps.ts";
import type { Ending } from "../ending.ts";

/** The server as routes see it: their schemas give the types of what they read. */
export type TypedApp = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

/** What the routes of a noun are registered with. */
export interface Routes {
  readonly app: TypedApp;
  readonly deps: HttpDeps;
  readonly ending: Ending;
}
