import { isFinished, LongarmError } from "@longarm/shared";
import type { CurrentUser, GroupIds } from "@longarm/sync/apply";
import type { ApiClient } from "../api/api-client.ts";
import type { Run } from "../api/types.ts";
import { followRun } from "../follow-run.ts";
import { streamItems } from "../stream-items.ts";

/** Reads an org by runs in the lane `bulk`. */
export interface OrgReader {
  readonly api: ApiClient;
  readonly connection: string;
  readonly signal: AbortSignal;
}

/** The ids of these groups. Throws `group_not_found` with every name that no group bears. */
export async function readGroupIds(reader: OrgReader, names: readonly string[]): Promise<GroupIds> {
  const ids = new Map<string, string>();
  const absent: string[] = [];
  for (const name of names) {
    const { output } = await ended(reader, await begin(reader, "okta.group.findIdByName", { name }));
    const { id } = output as { readonly id: string | null };
    if (id === null) absent.push(name);
    else ids.set(name, id);
  }
  if (absent.length === 0) return ids;
  const listed = absent.map((name) => `"${name}"`).join(", ");
  throw new LongarmError("group_not_found", `The org has no group that is named ${listed}; create it, or take it out of the map.`);
}

/** Who is in these groups: the groups' names by the users' ids. */
export async function readMemberships(reader: OrgReader, groups: GroupIds): Promise<ReadonlyMap<string, readonly string[]>> {
  const memberships = new Map<string, string[]>();
  for (const [name, group] of groups) {
    await readItems(reader, { action: "okta.group.streamMembers", input: { group } }, (item) => {
      const { id } = item as { readonly id: string };
      const known = memberships.get(id);
      if (known) known.push(name);
      else memberships.set(id, [name]);
    });
  }
  return memberships;
}

interface UserItem {
  readonly id: string;
  readonly status: string | null;
  readonly profile: Readonly<Record<string, unknown>>;
}

/** Gives every user of the org to `take`. */
export async function readUsers(
  reader: OrgReader,
  memberships: ReadonlyMap<string, readonly string[]>,
  on: { readonly take: (user: CurrentUser) => void; readonly count: (users: number) => void },
): Promise<void> {
  let users = 0;
  await readItems(reader, { action: "okta.user.stream", input: {} }, (item) => {
    const { id, status, profile } = item as UserItem;
    on.take({ id, status: status ?? "", profile, groups: memberships.get(id) ?? [] });
    on.count((users += 1));
  });
}

async function readItems(
  reader: OrgReader,
  { action, input }: { readonly action: string; readonly input: object },
  take: (item: unknown) => void,
): Promise<void> {
  const { api, signal } = reader;
  const run = await begin(reader, action, input);
  const write = (lines: Uint8Array): Promise<void> => {
    for (const line of Buffer.from(lines).toString("utf8").split("\n")) if (line !== "") take(JSON.parse(line));
    return Promise.resolve();
  };
  await streamItems(api, run.id, { signal, write, onCount: () => undefined });
  await ended(reader, run);
}

function begin({ api, connection, signal }: OrgReader, action: string, input: object): Promise<Run> {
  return api.post<Run>("/v1/runs", { body: { action, connection, input, lane: "bulk" }, signal });
}

async function ended({ api, signal }: OrgReader, first: Run): Promise<Run> {
  const run = await followRun(api, first, { signal });
  signal.throwIfAborted();
  if (isFinished(run.status) && run.status === "succeeded") return run;
  const message = `The org could not be read: ${run.error?.message ?? `the run ${run.id} is ${run.status}`}`;
  throw new LongarmError(run.error?.code ?? "cancelled", message, { details: { runId: run.id } });
}
