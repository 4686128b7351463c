import type { RunStatus } from "@longarm/shared";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { SandboxOrg } from "./sandbox.ts";

/** A run as the API shows it, as far as journeys look. */
export interface RunShown {
  readonly id: string;
  readonly status: RunStatus;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: { readonly code: string; readonly message: string; readonly details?: Readonly<Record<string, unknown>> } | null;
  readonly waiting: { readonly reason: string; readonly sentence: string } | null;
  readonly resolved?: { readonly by: string; readonly note: string };
  readonly endedAt: string | null;
  readonly removedAt?: string;
  readonly callCount: number;
  readonly calls: readonly {
    readonly executor: { readonly kind: string; readonly name?: string };
    readonly why: string;
    readonly outcome: string;
    readonly reconciled?: boolean;
  }[];
}

/** A user of every sandbox org of a journey. */
export const someone = "user000007@example.com";

/** The body of a run that reads that user. */
export const readSomeone = { action: "okta.user.get", connection: "sandbox", input: { user: someone } } as const;

/** The body of a run that creates a user with this login. */
export function createUser(login: string, more: object = {}): object {
  const profile = { firstName: "Ada", lastName: "Lovelace", email: login, login };
  return { action: "okta.user.create", connection: "sandbox", input: { profile, activate: false, ...more } };
}

/** Submits, and waits that many seconds at most (default 10) for the end; `lane` is only preferred. */
export function submit(
  api: ApiClient,
  body: object,
  options: { readonly wait?: number; readonly key?: string; readonly lane?: string } = {},
): Promise<RunShown> {
  const { wait = 10, key, lane } = options;
  return api.post<RunShown>("/v1/runs", {
    body,
    headers: { prefer: `wait=${wait}${lane === undefined ? "" : `, lane=${lane}`}`, ...(key !== undefined && { "idempotency-key": key }) },
  });
}

/** The run, once it has ended or that many seconds (default 15) have passed. */
export function finished(api: ApiClient, id: string, wait = 15): Promise<RunShown> {
  return api.get<RunShown>(`/v1/runs/${id}`, { headers: { prefer: `wait=${wait}` } });
}

/** How many requests the org has answered on a route such as `GET /api/v1/users/{id}`. */
export async function requestsOf(org: SandboxOrg, route: string): Promise<number> {
  const { routes } = (await org.call("GET", "/sandbox/requests")).body as { routes: Record<string, { requests: number }> };
  return routes[route]?.requests ?? 0;
}

/** The effects of one kind that the org has really seen, oldest first. */
export async function effectsOf(
  org: SandboxOrg,
  effect: string,
): Promise<readonly { readonly object: string; readonly bodyHash: string }[]> {
  const answer = await org.call("GET", `/sandbox/ledger?effect=${effect}&limit=10000`);
  return (answer.body as { entries: { object: string; bodyHash: string }[] }).entries;
}

/** How many users the org was really made to create. */
export async function created(org: SandboxOrg): Promise<number> {
  return (await effectsOf(org, "user.created")).length;
}

/** Has the org answer this route only after that long. */
export async function delay(
  org: SandboxOrg,
  match: { readonly method: string; readonly path: string; readonly count?: number },
  ms: number,
): Promise<void> {
  await org.call("POST", "/sandbox/faults", { match, kind: "latency", ms });
}

/** Every item of a stream's run, as they come; `onCount` is told how many there are so far. */
export async function itemsOf(
  api: ApiClient,
  id: string,
  onCount: (count: number) => void | Promise<void> = () => undefined,
): Promise<readonly string[]> {
  const ids: string[] = [];
  const text = new TextDecoder();
  let rest = "";
  for await (const chunk of api.stream(`/v1/runs/${id}/items?follow=true`)) {
    const lines = (rest + text.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    ids.push(...lines.map((line) => (JSON.parse(line) as { id: string }).id));
    await onCount(ids.length);
  }
  return ids;
}

/** Has the org apply what it is asked for at once, and drip its answer for that long. */
export async function drip(org: SandboxOrg, path: string, forMs: number): Promise<void> {
  const bytes = 16;
  const ms = Math.ceil(forMs / 40);
  await org.call("POST", "/sandbox/faults", { match: { method: "POST", path, count: 1 }, kind: "slowDrip", bytes, ms });
}
