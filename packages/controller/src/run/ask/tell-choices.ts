import { LongarmError, type Clock } from "@longarm/shared";
import type { PlacedFault } from "@longarm/shared/schema";
import { dynamicMembers, type AnyAction, type AnyDefinition, type AnyFlow, type Catalogue, type DynamicMember } from "@longarm/spoke";
import type { ConnectionStore } from "../../ports/connection-store.ts";
import type { CredentialStore } from "../../ports/credential-store.ts";
import type { Choices, ChoicesQuestion, TellChoices } from "../../ports/dynamic-inputs.ts";
import { DirectReads } from "./direct-reads.ts";
import { placeNow, type PlacingDeps } from "../place/place-now.ts";
import { authOf } from "../call/request.ts";
import { connectionOf, definitionOf } from "../steer/submit-run.ts";

interface Deps extends PlacingDeps {
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}

/** Runs the metadata action that an input's schema names, and gives what it tells. */
export function choicesTeller(deps: Deps): TellChoices {
  return async (question, signal) => {
    const definition = definitionOf(deps.catalogue, question.action);
    const dynamic = memberOf(definition, question.member);
    const teller = deps.catalogue.get(dynamic.action) as AnyAction;
    const input = deps.catalogue.checkInput(teller, inputOf(teller, dynamic, question));
    const connection = await connectionOf(deps.connections, question.connection);
    const placed = await placeNow(deps, connection, question.on);
    if (placed instanceof LongarmError) throw placed;
    const rest = new DirectReads({ connection, auth: await authOf(deps, connection, placed.choice), executor: placed.executor, signal });
    const context = {
      connection: connection.name,
      publicUrl: null,
      hookSecret: async () => null,
      rest,
      submittedAt: deps.clock.nowMs(),
      dryRun: false,
      note: () => undefined,
    };
    const output: unknown = await teller.run(context, input);
    return toChoices(dynamic, deps.catalogue.checkOutput(teller, output) as Partial<Choices>);
  };
}

function memberOf(definition: AnyDefinition | AnyFlow, member: string): DynamicMember {
  const known = definition.kind === "flow" ? [] : dynamicMembers(definition);
  const found = known.find((one) => one.member === member);
  if (found) return found;
  const names = known.map((one) => one.member);
  const hint = names.length === 0 ? "none of its inputs has any" : `those that have are ${names.join(", ")}`;
  const problem = `names no input with choices or fields; ${hint}`;
  const faults: readonly PlacedFault[] = [{ in: "params", pointer: "/input", problem }];
  throw new LongarmError("invalid_request", `"${member}" of ${definition.name} ${problem}.`, { details: { faults } });
}

/** Of the question as much as the telling action takes. A `next` that it does not take was never given by it. */
function inputOf(teller: AnyAction, { gives }: DynamicMember, { q, next }: ChoicesQuestion): Readonly<Record<string, unknown>> {
  const { properties = {} } = teller.input as { readonly properties?: Readonly<Record<string, unknown>> };
  if (next !== undefined && (gives === "fields" || !("next" in properties))) throw strangeNext(teller);
  if (gives === "fields") return "fields" in properties ? { fields: true } : {};
  return { ...("q" in properties && q !== undefined && { q }), ...("next" in properties && next !== undefined && { next }) };
}

function strangeNext(teller: AnyAction): LongarmError {
  const problem = "is none that was given: all the answer comes at once";
  const faults: readonly PlacedFault[] = [{ in: "query", pointer: "/next", problem }];
  return new LongarmError("invalid_request", `\`next\` ${problem}, as ${teller.name} tells it.`, { details: { faults } });
}

function toChoices({ gives, action }: DynamicMember, told: Partial<Choices>): Choices {
  const { choices = null, fields = null, next = null, truncated = false } = told;
  return { gives, from: action, choices, fields, next, truncated };
}
