import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a Vault server of a test holds and whom it lets in; a test may change it while it runs. */
export interface VaultState {
  /** By `<mount>/<path>`. */
  readonly values: Map<string, Readonly<Record<string, unknown>>>;
  /** Tokens that may read. */
  readonly tokens: Set<string>;
  /** Secret ids by role id. */
  readonly roles: Map<string, string>;
  leaseSeconds: number;
  /** Answered instead of everything else. */
  status: number | undefined;
  readonly asked: string[];
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const denied: Answer = { status: 403, body: { errors: ["permission denied"] } };

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>);
}

async function answerTo(state: VaultState, request: IncomingMessage): Promise<Answer> {
  const { method = "", url = "" } = request;
  state.asked.push(`${method} ${url}`);
  if (state.status !== undefined) return { status: state.status, body: { errors: ["Vault is sealed"] } };
  if (method === "POST" && url === "/v1/auth/approle/login") {
    const { role_id: role = "", secret_id: secret } = await bodyOf(request);
    if (secret === undefined || state.roles.get(role) !== secret) return { status: 400, body: { errors: ["invalid role or secret ID"] } };
    const token = `hvs.${role}.${state.asked.length}`;
    state.tokens.add(token);
    return { status: 200, body: { auth: { client_token: token, lease_duration: state.leaseSeconds } } };
  }
  if (!state.tokens.has(String(request.headers["x-vault-token"]))) return denied;
  const [, mount, path] = /^\/v1\/([^/]+)\/data\/(.+)$/.exec(decodeURIComponent(url)) ?? [];
  const data = state.values.get(`${mount}/${path}`);
  if (method !== "GET" || !data) return { status: 404, body: { errors: [] } };
  return { status: 200, body: { data: { data, metadata: { version: 1 } } } };
}

/** Runs `body` beside a server that speaks as much of Vault's HTTP API as reading its key-value store, version 2, takes. */
export async function withVault(body: (vault: VaultState & { readonly address: string }) => Promise<void>): Promise<void> {
  const state: VaultState = { values: new Map(), tokens: new Set(), roles: new Map(), leaseSeconds: 3_600, status: undefined, asked: [] };
  const server = createServer((request, response) => {
    void answerTo(state, request).then(({ status, body: content }) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body(Object.assign(state, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
