import { LongarmError, lanes, parseId, runStatuses } from "@longarm/shared";
import { Type } from "typebox";
import { hears, kindsFor, liveKinds, liveScopes, type LiveFilter, type LiveKind } from "../../decide/live.ts";
import type { Principal } from "../../ports/principal.ts";
import { refuse } from "../invalid-request.ts";
import { answers, closed } from "../schemas.ts";
import { takeUpgrade } from "../upgrades.ts";
import type { Routes } from "./route.ts";

const mostNamed = 50;

function listOf(what: string, example: string) {
  return Type.Optional(Type.String({ maxLength: 4_096, description: `${what}, separated by commas.`, examples: [example] }));
}

const LiveQuery = closed({
  kinds: listOf(`What to hear of: ${liveKinds.join(", ")}; all that your scopes allow unless told`, "run,budget"),
  connection: listOf("Only of these connections", "acme"),
  run: listOf("Only of these runs; progress is told of these alone", "run_…"),
  status: listOf("Only runs in these states", "failed,outcome_unknown"),
  lane: listOf("Only runs of these lanes", "bulk"),
});

function namesIn(name: string, list: string | undefined): readonly string[] | undefined {
  const names = list?.split(",").filter((one) => one !== "");
  if (names && names.length > mostNamed) refuse("query", `/${name}`, `names more than ${mostNamed}`);
  return names;
}

function membersOf<T extends string>(name: string, list: string | undefined, known: readonly T[]): ReadonlySet<T> | undefined {
  const names = namesIn(name, list);
  return names && new Set(names.map((one) => known.find((member) => member === one) ?? raise(name, one, known)));
}

function raise(name: string, value: string, known: readonly string[]): never {
  return refuse("query", `/${name}`, `names "${value.slice(0, 100)}"; there are ${known.join(", ")}`);
}

/** The kinds that are asked for, each of which must be granted; all that are unless some are named. */
function kindsOf(principal: Principal, list: string | undefined): ReadonlySet<LiveKind> {
  const asked = membersOf("kinds", list, liveKinds);
  const granted = kindsFor(principal);
  const beyond = [...(asked ?? [])].find((kind) => !granted.includes(kind));
  if (beyond !== undefined)
    throw new LongarmError("forbidden", `"${principal.name}" lacks the scope ${liveScopes[beyond]}, which "${beyond}" asks for.`);
  return asked ?? new Set(granted);
}

function filterOf(
  principal: Principal,
  query: { readonly [K in "kinds" | "connection" | "run" | "status" | "lane"]?: string },
): LiveFilter {
  const [connections, runs] = [namesIn("connection", query.connection), namesIn("run", query.run)];
  const statuses = membersOf("status", query.status, runStatuses);
  const chosenLanes = membersOf("lane", query.lane, lanes);
  return {
    kinds: kindsOf(principal, query.kinds),
    ...(connections && { connections: new Set(connections) }),
    ...(runs && { runs: new Set(runs.map((id) => parseId("run", id))) }),
    ...(statuses && { statuses }),
    ...(chosenLanes && { lanes: chosenLanes }),
  };
}

/** `/v1/live`: what happens, as it happens. */
export function registerLive({ app, deps }: Routes): void {
  const schema = {
    operationId: "listen",
    summary: "Hear what happens, over a WebSocket",
    description:
      "One JSON object a message: `hello`, then `run`, `progress`, `agent`, `budget` and `hook`, each as it is now, at most four times a second; " +
      "`gap` says that some were left out and that the lists tell more. Send nothing.",
    tags: ["live"],
    querystring: LiveQuery,
    response: answers({ 101: Type.Null({ description: "The WebSocket begins." }) }),
  };
  app.get("/v1/live", { schema, config: { scope: "runs:read" } }, (request, reply) => {
    const { principal, query } = request;
    const filter = filterOf(principal, query);
    deps.live.assertRoom();
    const upgrade = takeUpgrade(request, reply) ?? refuse("headers", "/upgrade", "is not websocket; connect with a WebSocket");
    const [, token = ""] = request.headers.authorization?.split(/ +/) ?? [];
    deps.live.accept(upgrade, {
      principal: principal.name,
      kinds: filter.kinds,
      runs: filter.runs ?? new Set(),
      hears: (subject) => hears({ grant: principal, filter }, subject),
      isStillValid: async () => {
        // An issuer that cannot be asked now is no reason to end it.
        const known = await deps.authenticate(token).catch(() => principal);
        return known !== undefined && (known.expiresAt === undefined || known.expiresAt > deps.clock.nowMs());
      },
    });
  });
}
