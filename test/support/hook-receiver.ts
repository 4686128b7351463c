import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** What an endpoint answers to one request, given its headers. */
export type Receive = (headers: IncomingHttpHeaders) => { readonly status: number; readonly body: unknown };

/** Returns the challenge of a verification request, as an endpoint must that wants a hook's events. */
export const proves: Receive = (headers) => ({ status: 200, body: { verification: headers["x-okta-verification-challenge"] } });

/** Runs `work` with the uri of an endpoint that answers as `receive` says, and closes it afterwards. */
export async function withHookReceiver<T>(receive: Receive, work: (uri: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const { status, body } = receive(request.headers);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/okta/acme`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
