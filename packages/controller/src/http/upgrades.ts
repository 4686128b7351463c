import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Upgrade } from "../ports/live.ts";
import type { TypedApp } from "./routes/route.ts";

const upgrades = new WeakMap<IncomingMessage, Upgrade & { readonly response: ServerResponse }>();

/**
 * Lets requests for an upgrade go the way of all others: the same checks of origin, token, scope and query. A route that is made for it
 * takes the connection by `takeUpgrade`; any other answer is sent as it is, and ends the connection.
 */
export function routeUpgrades(app: TypedApp): void {
  app.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const response = new ServerResponse(request);
    socket.on("error", () => socket.destroy());
    response.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
    response.shouldKeepAlive = false;
    response.once("finish", () => socket.end());
    upgrades.set(request, { request, socket, head, response });
    app.routing(request, response);
  });
}

/** The connection of a request for an upgrade, which is the caller's from then on; undefined: it asked for none. */
export function takeUpgrade(request: FastifyRequest, reply: FastifyReply): Upgrade | undefined {
  const upgrade = upgrades.get(request.raw);
  if (!upgrade || request.headers.upgrade?.toLowerCase() !== "websocket") return undefined;
  reply.hijack();
  upgrade.response.detachSocket(upgrade.socket as Parameters<ServerResponse["detachSocket"]>[0]);
  return upgrade;
}
