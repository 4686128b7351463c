import type { Command } from "commander";
import type { Connection, ConnectionBudget } from "../api/connection-types.ts";
import type { Invocation } from "../command.ts";
import { counted } from "../print/counted.ts";
import { shownMs } from "../print/times.ts";

/** The options of `connections set` that say how much of the target's limits a connection may use. */
export interface BudgetOptions {
  readonly maxShare?: string;
  readonly interactiveReserve?: string;
  readonly openRequests?: string;
  readonly plan?: string;
}

export function addBudgetOptions(command: Command): Command {
  return command
    .option("--max-share <share>", "of the target's rate limits, how much may be used (0.8)")
    .option("--interactive-reserve <share>", "of that, what is kept for interactive runs while there are any (0.2)")
    .option("--open-requests <n>", "how many requests may be open at the target at once (60)")
    .option("--plan <name>", "the target's plan, by which its limits are assumed until it names them: workforce or free");
}

/** What the options name, over what stands already; absent: nothing does. */
export function budgetOf(options: BudgetOptions, before: Partial<Connection["budget"]> | undefined): Record<string, unknown> {
  const { maxShare, interactiveReserve, openRequests, plan } = options;
  const budget = {
    ...before,
    ...(maxShare !== undefined && { maxShare: Number(maxShare) }),
    ...(interactiveReserve !== undefined && { interactiveReserve: Number(interactiveReserve) }),
    ...(openRequests !== undefined && { concurrency: Number(openRequests) }),
    ...(plan !== undefined && { plan }),
  };
  return Object.keys(budget).length > 0 ? { budget } : {};
}

export function shownBudget({ maxShare, interactiveReserve, concurrency, plan }: Connection["budget"]): string {
  const share = `${percent(maxShare)} of the target's limits, ${percent(interactiveReserve)} of that kept for interactive runs`;
  return `${share}; ${counted(concurrency, "request")} open at once${plan === undefined ? "" : `; plan ${plan}`}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `longarm connections budget NAME`. */
export async function showBudget({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  const budget = await api.get<ConnectionBudget>(`/v1/connections/${encodeURIComponent(name ?? "")}/budget`);
  if (options.json) return shell.json(budget);
  const { target, places, buckets } = budget;
  await shell.write(`${target}: ${places.open} of ${counted(places.limit, "request")} open\n`);
  if (buckets.length === 0) return shell.write("Nothing was asked of it yet.\n");
  const rows = buckets.map((bucket) => [
    bucket.bucket,
    limitOf(bucket),
    leftOf(bucket),
    String(bucket.share ?? "–"),
    stateOf(bucket),
    waitingOf(bucket),
  ]);
  await shell.table(["BUCKET", "LIMIT", "LEFT", "OUR SHARE", "STATE", "WAITING"], rows);
}

type Bucket = ConnectionBudget["buckets"][number];

function limitOf({ limit, isKnown }: Bucket): string {
  if (limit === null) return "none known";
  return isKnown ? String(limit) : `${limit} (assumed)`;
}

function leftOf({ remaining, pending }: Bucket): string {
  const open = pending > 0 ? ` (${pending} open)` : "";
  return `${remaining ?? "–"}${open}`;
}

function stateOf({ pausedForMs, resetInMs }: Bucket): string {
  if (pausedForMs !== null) return `refused; asked again in ${shownMs(pausedForMs)}`;
  return resetInMs === null ? "free" : `new window in ${shownMs(resetInMs)}`;
}

function waitingOf({ waiting }: Bucket): string {
  const lanes = Object.entries(waiting).filter(([, count]) => count > 0);
  return lanes.map(([lane, count]) => `${count} ${lane}`).join(", ") || "–";
}
