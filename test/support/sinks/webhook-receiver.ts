import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ChangeRecord } from "@longarm/sync";

/** A message as it arrived, whether it was taken or not. */
export interface Received {
  readonly id: string;
  readonly body: string;
  readonly path: string;
}

interface Told {
  readonly type: string;
  readonly data: { readonly epoch: number; readonly sequence: number; readonly changes: readonly ChangeRecord[] };
}

/** A receiver of webhooks that does what its documentation asks of one: it checks signatures, ignores ids it has seen, and older epochs. */
export interface WebhookReceiver {
  readonly url: string;
  readonly secret: string;
  readonly received: Received[];
  /** Changes of the messages that were taken, in their order. */
  readonly changes: ChangeRecord[];
  /** Answers instead of the receiver, for as many messages as there are: a status, headers; `cut` takes the message and answers nothing. */
  readonly faults: ({ readonly status: number; readonly headers?: Record<string, string> } | "cut")[];
}

const key = Buffer.from("a key of a test, no secret of anybody");

function isSigned({ headers }: IncomingMessage, body: string): boolean {
  const [id, timestamp, signature] = ["id", "timestamp", "signature"].map((name) => String(headers[`webhook-${name}`]));
  const expected = Buffer.from(`v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`);
  const given = Buffer.from(signature ?? "");
  const isFresh = Math.abs(Date.now() / 1_000 - Number(timestamp)) < 300;
  return isFresh && given.length === expected.length && timingSafeEqual(given, expected);
}

/** Calls `use` with a receiver on a free port of 127.0.0.1. */
export async function withWebhookReceiver<T>(use: (receiver: WebhookReceiver) => Promise<T>): Promise<T> {
  const seen = new Set<string>();
  let highest = 0;
  const receiver = { received: [] as Received[], changes: [] as ChangeRecord[], faults: [] as WebhookReceiver["faults"] };
  const take = (id: string, { data }: Told): void => {
    highest = Math.max(highest, data.epoch);
    if (seen.has(id) || data.epoch < highest) return;
    seen.add(id);
    receiver.changes.push(...data.changes);
  };
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const id = String(request.headers["webhook-id"]);
      receiver.received.push({ id, body, path: request.url ?? "" });
      if (!isSigned(request, body)) return response.writeHead(401).end();
      const fault = receiver.faults.shift();
      if (fault !== undefined && fault !== "cut") return response.writeHead(fault.status, fault.headers).end();
      take(id, JSON.parse(body) as Told);
      return fault === "cut" ? request.socket.destroy() : response.writeHead(204).end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  try {
    return await use({ ...receiver, url: `http://127.0.0.1:${port}/hooks/in?token=canary`, secret: `whsec_${key.toString("base64")}` });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
