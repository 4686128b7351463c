import type { Server } from "node:http";
import type { Socket } from "node:net";

/** How long answers that are on their way may take when the server closes. */
const graceMs = 5_000;

/**
 * Lets a server close without waiting for those who only hold a connection: one that never sent a request counts as busy to Node, and
 * would keep it open for more than a minute. Call the result when the server has been told to close.
 */
export function watchConnections(server: Server): { endWaiting(closed: Promise<unknown>): Promise<void> } {
  const silent = new Set<Socket>();
  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }) => silent.delete(socket));
  return {
    async endWaiting(closed) {
      for (const socket of silent) socket.destroy();
      const patience = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed.finally(() => clearTimeout(patience));
    },
  };
}
