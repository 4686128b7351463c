import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A target that counts how many of its requests are open at once. */
export interface CountingTarget {
  readonly url: string;
  /** How many were answered. */
  readonly answered: number;
  /** The most that were open at once. */
  readonly most: number;
}

/** Runs `work` with a target that answers each request with `body`, after `afterMs`. */
export async function withCountingTarget<T>(
  answer: { readonly body: unknown; readonly afterMs: number },
  work: (target: CountingTarget) => Promise<T>,
): Promise<T> {
  const text = JSON.stringify(answer.body);
  let [open, most, answered] = [0, 0, 0];
  const server = createServer((_request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.once("close", () => (open -= 1));
    setTimeout(() => {
      answered += 1;
      response.writeHead(200, { "content-type": "application/json" }).end(text);
    }, answer.afterMs);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await work({
      url,
      get answered() {
        return answered;
      },
      get most() {
        return most;
      },
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
