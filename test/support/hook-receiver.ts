import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What an endpoint answers to one request, given its headers and its body. */
export type Receive = (headers: IncomingHttpHeaders, body: string) => { readonly status: number; readonly body: unknown };

/** Returns the challenge of a verification request, as an endpoint must that wants a hook's events. */
export const proves: Receive = (headers) => ({ status: 200, body: { verification: headers["x-okta-verification-challenge"] } });

/** Runs `work` with the uri of an endpoint that answers as `receive` says, and closes it afterwards. */
export async function withHookReceiver<T>(receive: Receive, work: (uri: string) => Promise<T>): Promise<T> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = receive(request.headers, await text(request));
    response.writeHead(status, { "content-type": "application/json" }).end(status === 204 ? "" : JSON.stringify(body));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/okta/acme`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
