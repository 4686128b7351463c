import { effectClasses, errorSentences, lanes, originKinds, runStatuses } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { Type, type TProperties, type TSchema } from "typebox";

/** An object that refuses members it does not name. */
export function closed<P extends TProperties>(
  properties: P,
  shown: { readonly examples?: readonly unknown[]; readonly description?: string } = {},
) {
  return Type.Object(properties, { ...shown, additionalProperties: false });
}

function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

const time = Type.String({ format: "date-time" });

/** The name of a connection or a credential. */
export const definitionName = Type.String({
  pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$",
  [expectsKeyword]: "a name: a letter or digit, then at most 62 letters, digits, _ or -",
  examples: ["acme"],
});

/** What stands beside every definition that is shown. */
export const revisionMembers = {
  revision: Type.Integer({ minimum: 1, description: "Counts the changes of this definition." }),
  updatedAt: time,
};

export const nameParams = closed({ name: definitionName });
export const runParams = closed({
  id: Type.String({
    pattern: "^run_[0-9a-hjkmnp-tv-z]{26}$",
    [expectsKeyword]: "a run id, e.g. run_…",
    examples: ["run_06h0precf550ztfvj262nwdh10"],
  }),
});
export const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: "How many at most; 50 unless told." })),
  cursor: Type.Optional(Type.String({ maxLength: 400, description: "`nextCursor` of the page before." })),
};

export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.Enum(Object.keys(errorSentences)),
    retryable: Type.Optional(Type.Boolean()),
    details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    runId: Type.Optional(Type.String()),
    callId: Type.Optional(Type.String()),
  },
  { $id: "Problem" },
);

const ErrorBodySchema = Type.Object({
  code: Type.String(),
  message: Type.String(),
  retryable: Type.Boolean(),
  details: Type.Optional(Type.Unknown()),
});

export const ExecutorSchema = Type.Object({
  kind: Type.Enum(["local", "agent"]),
  id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
});

export const CallSchema = Type.Object(
  {
    id: Type.String(),
    method: Type.String(),
    path: Type.String(),
    attempt: Type.Integer(),
    executor: ExecutorSchema,
    why: Type.String({ description: "The condition that chose the executor." }),
    status: nullable(Type.Integer()),
    effect: Type.Enum([...effectClasses]),
    outcome: Type.Enum(["applied", "not_sent", "rejected", "unknown"]),
    oktaRequestId: nullable(Type.String()),
    queuedMs: Type.Number(),
    sentMs: nullable(Type.Number()),
    error: nullable(ErrorBodySchema),
    policy: Type.Optional(
      Type.Object(
        { hash: Type.String(), rule: Type.Optional(Type.String()) },
        { description: "The site's policy that the call was held to." },
      ),
    ),
    journal: Type.Optional(
      Type.Object(
        { id: Type.String(), hash: Type.String() },
        {
          description:
            "The agent's journal that holds how the call ended, and the hash of that record: `longarm agent journal verify --expect` finds it there.",
        },
      ),
    ),
    reconciled: Type.Optional(Type.Boolean({ description: "Its answer was lost, and found by reading the target's state." })),
  },
  { $id: "Call" },
);

const ProgressSchema = Type.Object(
  {
    pages: Type.Integer(),
    items: Type.Integer(),
    itemsPerSecond: nullable({ ...Type.Number(), description: "Over its whole time, waits included." }),
    budgetWaitMs: Type.Integer({ description: "How long it has waited for its target's rate limits." }),
    expectedItems: nullable({ ...Type.Integer(), description: "How many there will be; null: nobody can tell." }),
    endsInMs: nullable({ ...Type.Integer(), description: "Until it has them, at this pace." }),
  },
  { description: "Of streams and syncs." },
);

const OriginSchema = Type.Object(
  {
    kind: Type.Enum([...originKinds]),
    name: Type.String(),
    slot: nullable({ ...time, description: "The schedule's firing time; null: it was run by hand." }),
  },
  { description: "What had it started; null: somebody submitted it." },
);

export const RunSchema = Type.Object(
  {
    id: Type.String(),
    action: Type.String(),
    connection: nullable(Type.String()),
    status: Type.Enum([...runStatuses]),
    lane: Type.Enum([...lanes]),
    submittedBy: nullable({ ...Type.String(), description: "The principal; null once the run was removed." }),
    origin: nullable(OriginSchema),
    dryRun: Type.Boolean({ description: "Nothing is changed; the output tells what would be." }),
    input: Type.Unknown({ description: 'Secret members are shown as {"$secret":"sealed"}.' }),
    output: Type.Unknown(),
    callCount: Type.Integer(),
    calls: Type.Array(Type.Ref("Call"), { description: "The last 50." }),
    progress: nullable(ProgressSchema),
    waiting: nullable(Type.Object({ reason: Type.String(), sentence: Type.String(), since: time, until: nullable(time) })),
    error: nullable(ErrorBodySchema),
    resolved: Type.Optional(
      Type.Object({ by: Type.String(), note: Type.String(), at: time }, { description: "How a person settled an unknown outcome." }),
    ),
    approval: Type.Optional(
      Type.Object(
        { verdict: Type.Enum(["approved", "denied"]), by: Type.String(), note: Type.String(), at: time },
        { description: "What somebody else decided of it, where its connection requires that." },
      ),
    ),
    secrets: Type.Optional(
      Type.Object(
        { for: Type.String({ description: "Who submitted the run." }), readableUntil: time, readAt: nullable(time) },
        { description: "Its output holds secrets: who may read them, until when, and when that was done." },
      ),
    ),
    submittedAt: time,
    startedAt: nullable(time),
    endedAt: nullable(time),
    queuedMs: Type.Number({ description: "From the submission to the start, or up to now." }),
    runningMs: nullable(Type.Number({ description: "From the start to the end, or up to now." })),
    startBy: nullable({ ...time, description: "When it must have been started." }),
    endBy: nullable({ ...time, description: "When it must have ended at the latest." }),
    cancelRequestedAt: nullable({ ...time, description: "When somebody asked it to stop." }),
    removedAt: Type.Optional(
      Type.String({
        format: "date-time",
        description: "Only in the answer to an idempotency key: the run was removed then, and little is still known.",
      }),
    ),
  },
  { $id: "Run" },
);

export const LogEntrySchema = Type.Object(
  {
    sequence: Type.Integer({ description: "Entries of one sequence were written together." }),
    time,
    epoch: Type.Integer({ description: "Counts the owners of the run." }),
    kind: Type.String(),
    facts: Type.Unknown({ description: "What is known of it; bodies and secrets are not shown." }),
  },
  { $id: "LogEntry" },
);

export const RunRowSchema = Type.Object(
  {
    id: Type.String(),
    action: Type.String(),
    connection: nullable(Type.String()),
    status: Type.Enum([...runStatuses]),
    lane: Type.Enum([...lanes]),
    principal: Type.String(),
    agents: Type.Array(Type.String()),
    errorCode: nullable(Type.String()),
    waitingFor: nullable({ ...Type.String(), description: "The reason of a run that waits." }),
    callCount: Type.Integer(),
    origin: nullable(OriginSchema),
    submittedAt: time,
    startedAt: nullable(time),
    endedAt: nullable(time),
  },
  { $id: "RunRow" },
);

const HeldPolicySchema = Type.Object({
  hash: Type.String({ description: "`sha256:` and the hash of the policy's text, or `none`." }),
  isStale: Type.Boolean({ description: "Its file was changed into one with faults, or is gone; the policy of before holds on." }),
});

export const AgentSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    state: Type.String(),
    labels: Type.Record(Type.String(), Type.Unknown()),
    facts: Type.Record(Type.String(), Type.Unknown()),
    slots: Type.Object({ total: Type.Integer(), free: Type.Integer() }),
    version: Type.String(),
    protocol: Type.Integer(),
    lastBeatAt: nullable(time),
    journal: Type.Union([Type.String(), Type.Null()], {
      description: "`open`, `full` or `failed`: only with an open journal an agent takes calls that change something.",
    }),
    policy: Type.Union([HeldPolicySchema, Type.Null()], { description: "The policy of its site; null: it has told of none." }),
    fingerprint: nullable(Type.String({ description: "Of the key that it signs with." })),
    proposed: Type.Union([Type.Object({ labels: Type.Record(Type.String(), Type.Unknown()), hostname: Type.String() }), Type.Null()], {
      description: "What it asks for, while it waits for an administrator.",
    }),
  },
  { $id: "Agent" },
);

/** The shared schemas, for `app.addSchema`. */
export const sharedSchemas = [ProblemSchema, RunSchema, CallSchema, RunRowSchema, LogEntrySchema, AgentSchema];

type Answer = TSchema | { readonly description: string; readonly content: Readonly<Record<string, { readonly schema: TSchema }>> };

const problem: Answer = { description: "Any error.", content: { "application/problem+json": { schema: Type.Ref("Problem") } } };

/** The answers of a route for the description: what is given, and the problem for everything else. */
export function answers(of: Readonly<Record<number, TSchema>>): Readonly<Record<string, Answer>> {
  const described = Object.entries(of).map(([status, schema]) => [status, { description: "The answer.", ...schema }] as const);
  return { ...Object.fromEntries(described), default: problem };
}

/** Headers of requests that say how long to wait, and that they are the same request. */
export const preferHeader = {
  prefer: Type.Optional(
    Type.String({
      description:
        "`wait=SECONDS`: answer when the run has ended, or after that time; 600 at most. `lane=LANE`, at a submission that names no lane: " +
        "the lane that the caller's waiting implies; an idempotency key does not compare it.",
      examples: ["wait=10"],
    }),
  ),
};
export const idempotencyHeader = {
  "idempotency-key": Type.Optional(
    Type.String({
      description: "1 to 255 visible ASCII characters. The same key and body always name the same run.",
      examples: ["order-7"],
    }),
  ),
};
