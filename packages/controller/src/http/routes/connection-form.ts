import { formatDuration } from "@longarm/shared";
import { isReachEntry } from "@longarm/shared/rest";
import { Type, type Static } from "typebox";
import { budgetTermsOf } from "../../decide/budget/terms.ts";
import { retryPolicyOf } from "../../decide/retry-policy.ts";
import { defaultClocks } from "../../decide/run-terms.ts";
import type { Connection, Placement, PlacementRule, Revised } from "../../ports/connection-store.ts";
import { toRfc3339 } from "../moments.ts";
import { closed, definitionName, revisionMembers } from "../schemas.ts";
import { ApprovalForm } from "./approval-form.ts";
import { BudgetForm } from "./budget-form.ts";
import { duration, FormReader } from "./form-reader.ts";
import { readRetry, RetryForm, viewRetry } from "./retry-form.ts";
import { SelectorForm } from "./run-form.ts";

const rule = {
  require: Type.Optional({ ...SelectorForm, description: "Which agents may carry a call: CEL, or a short form." }),
  prefer: Type.Optional(
    Type.Array(closed({ when: SelectorForm, weight: Type.Number({ minimum: -1_000, maximum: 1_000 }) }), {
      maxItems: 20,
      description: "Which agents are preferred among those: each that matches adds its weight.",
    }),
  ),
  waitFor: Type.Optional(duration("How long a run waits for an agent")),
};
const RuleForm = closed(rule);
const PlacementForm = closed({
  on: Type.Optional(Type.Enum(["local", "agent", "either"], { description: "Where calls run; `local` unless told." })),
  ...rule,
  whenNone: Type.Optional(
    Type.Enum(["wait", "fail", "local", "next"], { description: "What becomes of a run while no agent matches; `wait` unless told." }),
  ),
  next: Type.Optional(Type.Array(RuleForm, { minItems: 1, maxItems: 10, description: "With `whenNone: next`: the stages, in order." })),
});

const count = { minimum: 1, maximum: 10_000 } as const;
const ConcurrencyForm = closed({
  limit: Type.Optional(Type.Integer({ ...count, description: "How many runs of the connection may be under way at once; absent: any." })),
  keyLimit: Type.Optional(
    Type.Integer({ ...count, description: "How many runs may hold the same concurrency key, unless they say so themselves; absent: 1." }),
  ),
});

const AddressesForm = Type.Array(Type.String({ maxLength: 64, examples: ["10.20.0.0/16"] }), {
  minItems: 1,
  maxItems: 100,
  description:
    "What calls from the controller may connect to: `public`, addresses and ranges. Absent: public ones, or the one that the base URL names. On an agent its site's policy says so.",
});

const formExample = {
  baseUrl: "https://acme.okta.com",
  credential: "acme",
  placement: { on: "agent", require: "labels.site == 'hq'", whenNone: "wait", waitFor: "10m" },
};

/** A connection as people write it; durations are text, selectors may be short forms. */
export const ConnectionForm = closed(
  {
    name: Type.Optional({ ...definitionName, description: "The name in the path, if at all." }),
    baseUrl: Type.String({ minLength: 1, maxLength: 2_000, description: "`https://` or `http://`, host, and perhaps a path." }),
    credential: Type.Optional({ ...definitionName, description: "Absent: calls carry none." }),
    placement: Type.Optional(PlacementForm),
    addresses: Type.Optional(AddressesForm),
    timeout: Type.Optional(duration("How long a call may take, 10m at most")),
    maxResponseBytes: Type.Optional(Type.Integer({ minimum: 1_024, maximum: 1_073_741_824 })),
    retry: Type.Optional({ ...RetryForm, description: "When calls are tried again; a run may say otherwise." }),
    concurrency: Type.Optional(ConcurrencyForm),
    budget: Type.Optional({ ...BudgetForm, description: "How much of the target's limits its calls may use." }),
    requireApproval: Type.Optional({ ...ApprovalForm, description: "Which runs wait until somebody else approves them." }),
    startWithin: Type.Optional(duration("How long a run may wait for its start, 7d unless told")),
    runWithin: Type.Optional(duration("How long a run of an action may take from its start to its end, 7d unless told")),
  },
  { examples: [formExample] },
);

/** A connection as it is shown: as it was written, its defaults filled in and its selectors in CEL. */
export const ConnectionSchema = Type.Object(
  {
    name: definitionName,
    baseUrl: Type.String(),
    credential: Type.Optional(definitionName),
    placement: PlacementForm,
    addresses: Type.Optional(AddressesForm),
    timeout: duration("How long a call may take"),
    maxResponseBytes: Type.Integer(),
    retry: RetryForm,
    concurrency: Type.Optional(ConcurrencyForm),
    budget: BudgetForm,
    requireApproval: Type.Optional(ApprovalForm),
    startWithin: duration("How long a run may wait for its start"),
    runWithin: duration("How long a run of an action may take from its start to its end"),
    ...revisionMembers,
  },
  { $id: "Connection" },
);

type RuleInput = Static<typeof RuleForm>;
type ConnectionInput = Static<typeof ConnectionForm>;

const defaults = { timeoutMs: 30_000, maxResponseBytes: 64 * 1_048_576 } as const;
const longestTimeoutMs = 600_000;

function readRule(reader: FormReader, at: string, form: RuleInput): PlacementRule {
  const { require: required, prefer, waitFor } = form;
  return {
    ...(required !== undefined && { require: reader.selector(`${at}/require`, required) }),
    ...(prefer !== undefined && {
      prefer: prefer.map(({ when, weight }, i) => ({ when: reader.selector(`${at}/prefer/${i}/when`, when), weight })),
    }),
    ...(waitFor !== undefined && { waitForMs: reader.duration(`${at}/waitFor`, waitFor) }),
  };
}

function checkPlacement(reader: FormReader, { on, next, ...form }: Placement): void {
  const chooses = form.require !== undefined || form.prefer !== undefined || next !== undefined || form.waitForMs !== undefined;
  if (on === "local" && chooses) reader.fault("/placement", 'chooses among agents, yet `on` is "local"');
  if ((form.whenNone === "next") !== (next !== undefined))
    reader.fault("/placement/next", 'must be given exactly when `whenNone` is "next"');
  if (form.waitForMs !== undefined && form.whenNone !== "wait" && form.whenNone !== "next")
    reader.fault("/placement/waitFor", 'has a meaning only with `whenNone` "wait" or "next"');
}

function readPlacement(reader: FormReader, form: NonNullable<ConnectionInput["placement"]>): Placement {
  const placement: Placement = {
    on: form.on ?? "local",
    ...readRule(reader, "/placement", form),
    whenNone: form.whenNone ?? "wait",
    ...(form.next !== undefined && { next: form.next.map((one, i) => readRule(reader, `/placement/next/${i}`, one)) }),
  };
  checkPlacement(reader, placement);
  return placement;
}

function readAddresses(reader: FormReader, entries: readonly string[]): readonly string[] {
  for (const [at, entry] of entries.entries()) {
    if (!isReachEntry(entry)) reader.fault(`/addresses/${at}`, 'must be "public", an address, or a range such as "10.20.0.0/16"');
  }
  return entries;
}

/** The connection that a form describes; every fault of it at once as `invalid_request`, or `invalid_selector` where that is the only one. */
export function readConnection(name: string, form: ConnectionInput): Connection {
  const reader = new FormReader();
  if (form.name !== undefined && form.name !== name) reader.fault("/name", `differs from the name in the path, "${name}"`);
  const timeoutMs = form.timeout === undefined ? defaults.timeoutMs : reader.duration("/timeout", form.timeout);
  if (timeoutMs > longestTimeoutMs) reader.fault("/timeout", `must not exceed ${formatDuration(longestTimeoutMs)}`);
  const connection: Connection = {
    name,
    baseUrl: reader.baseUrl(form.baseUrl),
    ...(form.credential !== undefined && { credential: form.credential }),
    placement: readPlacement(reader, form.placement ?? {}),
    ...(form.addresses !== undefined && { addresses: readAddresses(reader, form.addresses) }),
    timeoutMs,
    maxResponseBytes: form.maxResponseBytes ?? defaults.maxResponseBytes,
    ...(form.retry !== undefined && { retry: readRetry(reader, "/retry", form.retry) }),
    ...(form.concurrency !== undefined && { concurrency: form.concurrency }),
    ...(form.budget !== undefined && { budget: form.budget }),
    ...(form.requireApproval !== undefined && { requireApproval: form.requireApproval }),
    ...(form.startWithin !== undefined && { startWithinMs: reader.span("/startWithin", form.startWithin) }),
    ...(form.runWithin !== undefined && { runWithinMs: reader.span("/runWithin", form.runWithin) }),
  };
  reader.refuseFaults(`The connection "${name}"`);
  return connection;
}

function viewRule({ waitForMs, ...rest }: PlacementRule): Record<string, unknown> {
  return { ...rest, ...(waitForMs !== undefined && { waitFor: formatDuration(waitForMs) }) };
}

/** A connection in the form in which it is written, with its revision. */
export function viewConnection({ value, revision, updatedAt }: Revised<Connection>): Record<string, unknown> {
  const { placement, timeoutMs, retry, budget, startWithinMs, runWithinMs, ...rest } = { ...defaultClocks, ...value };
  const { next, on, whenNone, ...own } = placement;
  const stages = next === undefined ? {} : { next: next.map(viewRule) };
  return {
    ...rest,
    placement: { on, ...viewRule(own), whenNone, ...stages },
    timeout: formatDuration(timeoutMs),
    retry: viewRetry(retryPolicyOf(retry)),
    budget: budgetTermsOf(budget),
    startWithin: formatDuration(startWithinMs),
    runWithin: formatDuration(runWithinMs),
    revision,
    updatedAt: toRfc3339(updatedAt),
  };
}
