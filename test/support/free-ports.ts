import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below what systems give to outgoing connections: such a one could otherwise sit on the port of a process that is down for a moment.
const range = [18_000, 32_000] as const;

/** So many different ports of 127.0.0.1 that nobody listens on, and that no outgoing connection will be given. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(...range);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
