import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";

/** Something between a client and a server on 127.0.0.1 that loses answers and cuts connections when told to. */
export interface CuttingProxy {
  readonly port: number;
  /** From now on nothing that the server says arrives, while what the client says still does. */
  loseAnswers(): void;
  /** From now on nothing that the client says arrives. */
  loseRequests(): void;
  /** Cuts every connection; those that are made afterwards lose nothing. */
  cut(): void;
}

/** Runs `body` with a proxy before the port of a server on 127.0.0.1. */
export async function withCuttingProxy<T>(serverPort: number, body: (proxy: CuttingProxy) => Promise<T>): Promise<T> {
  const lost = { answers: false, requests: false };
  const open = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(serverPort, "127.0.0.1");
    const pass = (from: Socket, to: Socket, what: keyof typeof lost): void => {
      open.add(from);
      from.on("data", (bytes) => void (lost[what] || to.write(bytes)));
      from.on("error", () => undefined);
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
    };
    pass(client, server, "requests");
    pass(server, client, "answers");
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const cut = (): void => {
    for (const socket of open) socket.destroy();
    Object.assign(lost, { answers: false, requests: false });
  };
  try {
    const { port } = proxy.address() as AddressInfo;
    return await body({ port, cut, loseAnswers: () => void (lost.answers = true), loseRequests: () => void (lost.requests = true) });
  } finally {
    proxy.close();
    cut();
  }
}
