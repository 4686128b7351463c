import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";
import { systemClock } from "../clock.ts";
import { newId } from "../ids.ts";
import type { PageRequest, RestRequest } from "./contract.ts";
import { createRestExecutor, type RestExecutorOptions, type UndiciRestExecutor } from "./rest-executor.ts";

/** A request to `baseUrl`: a reading GET, but for what is given otherwise. */
export function requestTo(baseUrl: string, changes: Partial<PageRequest> = {}): PageRequest {
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1 };
  const usual: RestRequest = {
    ...ids,
    effect: "read",
    method: "GET",
    baseUrl,
    path: "/api/v1/users",
    query: [],
    headers: {},
    auth: { scheme: "none" },
    timeoutMs: 5_000,
    maxResponseBytes: 1_000_000,
  };
  return { ...usual, pagesAhead: 1, windowBytes: 1_000_000, ...changes };
}

/** Runs `work` with an executor that is closed afterwards. */
export async function withExecutor<T>(
  options: Partial<RestExecutorOptions>,
  work: (executor: UndiciRestExecutor) => Promise<T>,
): Promise<T> {
  const executor = createRestExecutor({ clock: systemClock, ...options });
  try {
    return await work(executor);
  } finally {
    await executor.close();
  }
}

async function listening<T>(server: Server, sockets: ReadonlySet<Socket>, work: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Runs `work` with an HTTP server; `url` is its origin. */
export function withHttpServer<T>(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createHttpServer(answer).on("connection", (socket: Socket) => sockets.add(socket));
  return listening(server, sockets, (port) => work(`http://127.0.0.1:${port}`));
}

/** Bytes as they arrive on one connection of a raw server; `count` is how many connections there were before it. */
export type RawConnection = (socket: Socket, count: number) => void;

/** Runs `work` with a server that speaks whatever `connected` writes. */
export function withRawServer<T>(connected: RawConnection, work: (url: string) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    connected(
      socket.on("error", () => undefined),
      sockets.size,
    );
    sockets.add(socket);
  });
  return listening(server, sockets, (port) => work(`http://127.0.0.1:${port}`));
}
