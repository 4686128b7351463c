import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LongarmError } from "@longarm/shared";

/** A server that answers at `url` until it is closed. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function faultOf(reason: NodeJS.ErrnoException, host: string, port: number): LongarmError {
  if (reason.code === "EADDRINUSE") return new LongarmError("port_in_use", `Port ${port} on ${host} is taken; choose another with --port.`);
  return LongarmError.from(reason);
}

/** Starts an HTTP server; a taken port rejects with `port_in_use`. */
export function listen(serve: RequestListener, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, serve);
    server.once("error", (reason) => reject(faultOf(reason, host, port)));
    server.listen(port, host, () => {
      const { port: bound } = server.address() as AddressInfo;
      const shownHost = host.includes(":") ? `[${host}]` : host;
      resolve({
        url: `http://${shownHost}:${bound}`,
        port: bound,
        close: () => closeServer(server),
      });
    });
  });
}
