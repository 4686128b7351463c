import { isFinished, type ControllerId, type RunId } from "@longarm/shared";
import { matchesGlob } from "../decide/access.ts";
import { readRunCursor, writeRunCursor, type RunPlace } from "../ports/run-cursor.ts";
import type { RunRows } from "../ports/live.ts";
import type { UnfinishedRuns } from "../ports/metrics.ts";
import type { RunChange, RunFilter, RunHistory, RunListPage, RunRow, UnfinishedPage } from "../ports/run-history.ts";
import type { FinishedRun, SweepList } from "../ports/sweep-list.ts";

function isNewer(left: RunPlace, right: RunPlace): boolean {
  return left.submittedAt === right.submittedAt ? left.id > right.id : left.submittedAt > right.submittedAt;
}

// SQLite's LIKE folds the case of ASCII only.
function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function matches(row: RunRow, filter: RunFilter): boolean {
  const { status, waitingFor, action, connection, schedule, connections, principal, lane, agent, since, until, q } = filter;
  if (status && !status.includes(row.status)) return false;
  if (waitingFor !== undefined && row.waitingFor !== waitingFor) return false;
  if (action !== undefined && row.action !== action) return false;
  if (connection !== undefined && row.connection !== connection) return false;
  if (schedule !== undefined && (row.origin?.kind !== "schedule" || row.origin.name !== schedule)) return false;
  if (connections && !connections.some((pattern) => row.connection !== null && matchesGlob(pattern, row.connection))) return false;
  if (principal !== undefined && row.principal !== principal) return false;
  if (lane !== undefined && row.lane !== lane) return false;
  if (agent !== undefined && !row.agents.includes(agent)) return false;
  if (since !== undefined && row.submittedAt < since) return false;
  if (until !== undefined && row.submittedAt >= until) return false;
  return (
    q === undefined || [row.id, row.action, row.connection, row.errorCode].some((text) => text !== null && fold(text).includes(fold(q)))
  );
}

const blank = {
  action: "",
  connection: null,
  lane: "standard",
  status: "queued",
  principal: "",
  owner: null,
  epoch: 0,
  errorCode: null,
  waitingFor: null,
} as const;

function startOf(row: Pick<RunRow, "startedAt" | "callCount">, startedAt: RunChange["startedAt"]): number | null {
  return startedAt === null && row.callCount === 0 ? null : (row.startedAt ?? startedAt ?? null);
}

function applied(known: RunRow | undefined, { agent, calls, startedAt, waitingFor = null, ...change }: RunChange): RunRow | undefined {
  const { submittedAt } = change;
  const row: Omit<RunRow, "id"> | undefined =
    known ??
    (submittedAt === undefined
      ? undefined
      : { ...blank, agents: [], callCount: 0, submittedAt, startedAt: null, endedAt: null, startBy: null, origin: null });
  if (!row) return undefined;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const agents = agent === undefined || row.agents.includes(agent) ? row.agents : [...row.agents, agent];
  const counted = { callCount: row.callCount + (calls ?? 0), startedAt: startOf(row, startedAt) };
  const waits = change.status === undefined ? {} : { waitingFor };
  return { ...row, ...given, ...waits, ...counted, id: change.id, submittedAt: row.submittedAt, agents };
}

/** The twin of `SqliteRunHistory` for tests. */
export class MemoryRunHistory implements RunHistory, SweepList, UnfinishedRuns, RunRows {
  readonly #rows = new Map<RunId, RunRow>();
  readonly #removals = new Set<RunId>();
  #at = { sequence: 0, timeMs: 0 };

  apply(changes: readonly RunChange[], at: { readonly sequence: number; readonly timeMs: number }): void {
    if (at.sequence <= this.#at.sequence) return;
    for (const change of changes) {
      if (change.removed) {
        this.#rows.delete(change.id);
        this.#removals.add(change.id);
        continue;
      }
      const row = applied(this.#rows.get(change.id), change);
      if (row) this.#rows.set(change.id, row);
    }
    this.#at = { ...at };
  }

  find(ids: readonly RunId[]): readonly RunRow[] {
    return ids.flatMap((id) => this.#rows.get(id) ?? []);
  }

  countUnfinished(): ReturnType<UnfinishedRuns["countUnfinished"]> {
    const open = [...this.#rows.values()].filter(({ status }) => !isFinished(status));
    const kinds = new Map(open.map(({ status, lane }) => [`${status} ${lane}`, { status, lane }]));
    return [...kinds.values()].map((kind) => ({
      ...kind,
      count: open.filter(({ status, lane }) => status === kind.status && lane === kind.lane).length,
    }));
  }

  position(): number {
    return this.#at.sequence;
  }

  list(filter: RunFilter, page: { readonly limit: number; readonly cursor?: string }): RunListPage {
    const after = page.cursor === undefined ? undefined : readRunCursor(page.cursor);
    const found = [...this.#rows.values()].filter((row) => matches(row, filter) && (!after || isNewer(after, row)));
    const rows = found.toSorted((a, b) => (isNewer(a, b) ? -1 : 1)).slice(0, page.limit);
    const last = rows.at(-1);
    return { rows, nextCursor: last && found.length > rows.length ? writeRunCursor(last) : null, asOf: this.#at.timeMs };
  }

  unfinished(owner: ControllerId, { isWaiting, after, limit }: UnfinishedPage = {}): readonly RunRow[] {
    return [...this.#rows.values()]
      .filter((row) => row.owner === owner && !isFinished(row.status) && (!after || isNewer(row, after)))
      .filter(({ status }) => isWaiting === undefined || (status === "waiting") === isWaiting)
      .toSorted((a, b) => (isNewer(a, b) ? 1 : -1))
      .slice(0, limit);
  }

  owners(): readonly ControllerId[] {
    const open = [...this.#rows.values()].filter((row) => !isFinished(row.status));
    return [...new Set(open.flatMap(({ owner }) => owner ?? []))].toSorted();
  }

  overdue(nowMs: number, limit: number): readonly RunId[] {
    const overdue = [...this.#rows.values()].filter(({ status, startBy }) => status === "queued" && startBy !== null && startBy <= nowMs);
    return overdue
      .toSorted((a, b) => Number(a.startBy) - Number(b.startBy))
      .slice(0, limit)
      .map(({ id }) => id);
  }

  finished(before: number, { limit, after }: Parameters<SweepList["finished"]>[1]): readonly FinishedRun[] {
    const isBehind = ({ id, endedAt }: FinishedRun): boolean =>
      !after || (endedAt === after.endedAt ? id > after.id : endedAt > after.endedAt);
    return [...this.#rows.values()]
      .flatMap(({ id, status, endedAt }) => (isFinished(status) && endedAt !== null && endedAt < before ? [{ id, endedAt }] : []))
      .filter(isBehind)
      .toSorted((a, b) => (a.endedAt === b.endedAt ? (a.id < b.id ? -1 : 1) : a.endedAt - b.endedAt))
      .slice(0, limit);
  }

  removed(limit: number): readonly RunId[] {
    return [...this.#removals].toSorted().slice(0, limit);
  }

  settle(run: RunId): void {
    this.#removals.delete(run);
    this.#rows.delete(run);
  }

  close(): void {}
}
