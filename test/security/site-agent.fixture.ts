// The part of an agent that a call passes between the wire and the network, with canaries that must hear nothing.
import { createServer, type AddressInfo, type LookupFunction, type Server, type Socket } from "node:net";
import { newId, systemClock } from "@longarm/shared";
import {
  createRestExecutor,
  type Page,
  type PageRequest,
  type RestFailure,
  type RestRequest,
  type RestResponse,
} from "@longarm/shared/rest";
import { decodeCall, encodeCall } from "@longarm/shared/wire";
import { parsePolicy } from "../../packages/agent/src/policy/read-policy.ts";
import { SiteGate } from "../../packages/agent/src/policy/site-gate.ts";

/** A request that somebody would like to see leave; members may be of any form. */
export type Wish = Partial<Omit<PageRequest, "method" | "effect">> & { readonly method?: string; readonly effect?: string };

/** What became of it: `unread`: it is no message; else the code of its failure, or that an answer came. */
export type Verdict =
  | { readonly kind: "unread" | "answered" }
  | { readonly kind: "failed"; readonly code: string; readonly delivery: string };

const never = new AbortController().signal;

/** An agent's way out under a policy. `lookup` stands for the name servers of the site. */
export class SiteAgent {
  readonly #gate: SiteGate;
  readonly #executor: ReturnType<typeof createRestExecutor>;

  constructor(policy: string, lookup: LookupFunction) {
    const held = parsePolicy(policy, "policy.yaml");
    this.#gate = new SiteGate({ policy: () => held, clock: systemClock });
    this.#executor = createRestExecutor({ clock: systemClock, lookup, connectTimeoutMs: 2_000 });
  }

  /** As an agent goes about it: the message is read, the policy asked, and what it lets through is sent. */
  async attempt(wish: Wish): Promise<Verdict> {
    const request = overTheWire(wish);
    if (!request) return { kind: "unread" };
    const denial = this.#gate.check({ ...request, bodyBytes: request.body?.length ?? 0 });
    return denial ? { kind: "failed", code: denial.code, delivery: "not_sent" } : this.#send(request);
  }

  /** Without the first look: what the gate inside the executor holds back by itself. */
  async force(wish: Wish): Promise<Verdict> {
    const request = overTheWire(wish);
    return request ? this.#send(request) : { kind: "unread" };
  }

  close(): Promise<void> {
    return this.#executor.close();
  }

  async #send(request: PageRequest): Promise<Verdict> {
    const gated = { ...request, gate: this.#gate.gateFor(request.effect) };
    if (request.resumeAt === undefined) return told(await this.#executor.send(gated, never));
    for await (const page of this.#executor.pages(gated, never)) return told(page);
    return { kind: "answered" };
  }
}

async function told(answer: RestResponse | RestFailure | Page): Promise<Verdict> {
  if (answer.kind === "failure") return { kind: "failed", code: answer.error.code, delivery: answer.delivery };
  if (answer.kind === "response") await Array.fromAsync(answer.body).catch(() => undefined);
  return { kind: "answered" };
}

function overTheWire(wish: Wish): PageRequest | undefined {
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1 };
  const usual = { effect: "read", method: "GET", path: "/api/v1/users/1", query: [], headers: {}, auth: { scheme: "none" } as const };
  const request = { baseUrl: "", timeoutMs: 3_000, maxResponseBytes: 1_000_000, ...ids, ...usual, ...wish } as RestRequest;
  const work =
    wish.resumeAt === undefined ? { kind: "send" as const, request } : { kind: "pages" as const, request: { ...request, ...pages(wish) } };
  const about = { protocol: 2, controllerId: newId("controller"), channel: 1, bodyBytes: 0, notAfterMs: 0, credit: { bytes: 0, pages: 0 } };
  const address = { audience: newId("agent"), bootId: "boot", epoch: 0, replyKey: new Uint8Array(32) };
  try {
    const read = decodeCall(encodeCall({ ...about, address, work, check: { connection: "acme", target: { host: "", addresses: [] } } }))
      .work.request;
    return { ...pages(wish), ...read };
  } catch {
    return undefined;
  }
}

function pages({ resumeAt }: Wish): Pick<PageRequest, "pagesAhead" | "windowBytes" | "resumeAt"> {
  return { pagesAhead: 1, windowBytes: 1_000, ...(resumeAt !== undefined && { resumeAt }) };
}

/** Listens where nobody may come, and counts who does. */
export class Canary {
  readonly #server: Server;
  /** Connections, whatever came over them. */
  connections = 0;
  heard = "";

  private constructor(server: Server) {
    this.#server = server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Opens one; `answer` is what it says to whoever has sent a whole head. */
  static async open(host: string, port: number, answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"): Promise<Canary> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      canary.connections += 1;
      sockets.add(socket.on("error", () => undefined));
      socket.on("data", (bytes) => {
        canary.heard += bytes.toString("latin1");
        if (canary.heard.endsWith("\r\n\r\n")) socket.write(answer);
      });
    });
    server.on("close", () => sockets.forEach((socket) => socket.destroy()));
    const canary = new Canary(server);
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
    canary.#sockets = sockets;
    return canary;
  }

  #sockets: ReadonlySet<Socket> = new Set();

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Name servers that answer by a table: each name's answers come one after the other, the last one for ever. */
export function namesAs(table: Readonly<Record<string, readonly (readonly string[])[]>>): LookupFunction {
  const asked = new Map<string, number>();
  return (host, options, callback) => {
    const answers = table[host] ?? [];
    const at = asked.get(host) ?? 0;
    asked.set(host, at + 1);
    const found = (answers[Math.min(at, answers.length - 1)] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const [first] = found;
    if (!first) return callback(Object.assign(new Error(`ENOTFOUND ${host}`), { code: "ENOTFOUND" }), "", 0);
    if (options.all) return callback(null, found);
    callback(null, first.address, first.family);
  };
}
