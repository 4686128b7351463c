import { Type } from "typebox";
import { closed } from "../schemas.ts";

const share = { description: "Of each bucket's limit, whoever has used the rest; 0.8 unless told." };

/** How much of its target's limits a connection may use, as people write it. */
export const BudgetForm = closed(
  {
    maxShare: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, ...share })),
    interactiveReserve: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 0.9,
        description: "Of that share, what only interactive runs may use while there are any; 0.2 unless told.",
      }),
    ),
    concurrency: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: "How many requests may be open at the target at once; 60 unless told." }),
    ),
    plan: Type.Optional(
      Type.String({
        pattern: "^[a-z][a-z0-9_-]{0,31}$",
        description:
          "The target's plan, by which its limits are assumed until it names them: for Okta `workforce` (unless told) or `free`.",
      }),
    ),
  },
  { examples: [{ maxShare: 0.5, interactiveReserve: 0.2, concurrency: 10 }] },
);

const count = Type.Integer({ minimum: 0 });
const maybe = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/** What is known of a target's limits. */
export const BudgetSchema = Type.Object({
  target: Type.String({ description: "Scheme, host and port: all connections that reach it share its limits." }),
  places: Type.Object({ limit: count, open: count }, { description: "How many requests may be open at once now, and how many are." }),
  buckets: Type.Array(
    Type.Object({
      bucket: Type.String(),
      limit: maybe(Type.Integer({ description: "Requests in a window; null: none is known." })),
      isKnown: Type.Boolean({ description: "Has the target named the limit itself?" }),
      remaining: maybe(Type.Integer({ description: "Null: the target has not spoken in this window." })),
      share: maybe(Type.Integer({ description: "How many requests of a window runs of this connection may make." })),
      pending: count,
      resetInMs: maybe(Type.Integer({ description: "Milliseconds until the window ends." })),
      pausedForMs: maybe(Type.Integer({ description: "Milliseconds until it may be asked again." })),
      waiting: Type.Object(
        { interactive: count, standard: count, bulk: count },
        { description: "Calls of this controller that wait, by lane." },
      ),
    }),
  ),
});
