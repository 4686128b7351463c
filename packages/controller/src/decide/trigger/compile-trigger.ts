import { pointerToken, type Trigger, type TriggerInput } from "@longarm/shared";
import type { PlacedFault } from "@longarm/shared/schema";
import { type Expression, expressionProblem, parseExpression } from "@longarm/shared/selector";

/** An input whose texts have been read as expressions. */
export type CompiledInput =
  | { readonly kind: "expression"; readonly pointer: string; readonly expression: Expression }
  | { readonly kind: "literal"; readonly value: number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly CompiledInput[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [name: string, input: CompiledInput])[] };

/** A trigger made ready for events. */
export interface CompiledTrigger {
  readonly trigger: Trigger;
  readonly filter: Expression | undefined;
  readonly input: CompiledInput;
  readonly key: Expression | undefined;
  readonly debounceKey: Expression | undefined;
}

/** Bounds on one trigger's input, and so on the time that one event takes. */
export const inputLimits = { expressions: 100, depth: 8 } as const;

const variables = { event: ["id", "source", "type", "subject", "data", "connection"] };

/** Makes a trigger ready, or tells every fault of it at once, each with its place in the definition. */
export function compileTrigger(
  trigger: Trigger,
): { readonly compiled: CompiledTrigger } | { readonly faults: readonly [PlacedFault, ...PlacedFault[]] } {
  const reader = new ExpressionReader();
  const compiled: CompiledTrigger = {
    trigger,
    filter: trigger.on.filter === undefined ? undefined : reader.expression("/on/filter", trigger.on.filter),
    input: reader.input("/input", trigger.input, 0),
    key: trigger.concurrency && reader.expression("/concurrency/key", trigger.concurrency.key),
    debounceKey: trigger.debounce && reader.expression("/debounce/key", trigger.debounce.key ?? "event.subject"),
  };
  if (reader.expressions > inputLimits.expressions)
    reader.fault("/input", `has too many expressions; a trigger may have ${inputLimits.expressions}`);
  const [first, ...rest] = reader.faults;
  return first ? { faults: [first, ...rest] } : { compiled };
}

class ExpressionReader {
  readonly faults: PlacedFault[] = [];
  expressions = 0;

  fault(pointer: string, problem: string): void {
    this.faults.push({ in: "body", pointer, problem });
  }

  expression(pointer: string, source: string): Expression {
    this.expressions += 1;
    try {
      return parseExpression(source, variables);
    } catch (reason) {
      this.fault(pointer, `is no expression: ${expressionProblem(reason)}`);
      return { source, evaluate: () => ({ fault: "it could not be read" }) };
    }
  }

  input(pointer: string, input: TriggerInput, depth: number): CompiledInput {
    if (depth > inputLimits.depth) {
      this.fault(pointer, `lies deeper than ${inputLimits.depth} levels`);
      return { kind: "literal", value: null };
    }
    if (typeof input === "string") return { kind: "expression", pointer, expression: this.expression(pointer, input) };
    if (typeof input !== "object" || input === null) return { kind: "literal", value: input };
    if (isList(input)) return { kind: "list", items: input.map((item, at) => this.input(`${pointer}/${at}`, item, depth + 1)) };
    const members = Object.entries(input).map(
      ([name, member]) => [name, this.input(`${pointer}/${pointerToken(name)}`, member, depth + 1)] as const,
    );
    return { kind: "object", members };
  }
}

/** `Array.isArray` does not tell a readonly list from an object. */
function isList(input: object): input is readonly TriggerInput[] {
  return Array.isArray(input);
}
