import { LongarmError } from "@longarm/shared";
import type { AnyFlow } from "../flow/flow.ts";
import type { FlowDriver, StepRequest, StepResult } from "../flow/flow-context.ts";
import { FakeEvents, wakesAt, type FakeEvent } from "./fake-events.ts";
import { runFlow } from "../flow/run-flow.ts";

/** What a step answers: a value, an error that it fails with, or a function of its input; a list: one after the other. */
export type FlowAnswer = ((input: never) => unknown) | LongarmError | object | string | number | boolean | null;
/** Answers by the name of the action, stream (a list of items) or subflow, or `records.upsert` and the like. */
export type FlowScript = Readonly<Record<string, FlowAnswer>>;

/** What became of a flow that was tried out. */
export interface TriedFlow {
  /** What it returned; undefined: it threw. */
  readonly output: unknown;
  readonly error: LongarmError | undefined;
  /** In the order in which they began. */
  readonly steps: readonly StepRequest[];
  /** `name` of each action, stream and subflow, in order; of records `records.upsert` and the like. */
  readonly asked: readonly string[];
  /** The lines that it logged. */
  readonly lines: readonly string[];
}

/** What the flow's steps are answered with, when the test takes place, and what the flow is told of where it runs. */
export interface FakeFlowWorld {
  readonly answers?: FlowScript;
  /** In the order in which they come: each wait is given the first behind those that were given before it began. */
  readonly events?: readonly FakeEvent[];
  /** Unix milliseconds. */
  readonly submittedAtMs?: number;
  readonly connection?: string;
  readonly publicUrl?: string;
  readonly seed?: string;
}

class ScriptedDriver implements FlowDriver {
  readonly submittedAtMs: number;
  readonly seed: string;
  readonly connection: string;
  readonly publicUrl: string | null;
  readonly steps: StepRequest[] = [];
  readonly #script: FlowScript;
  readonly #events: FakeEvents;
  nowMs: number;

  constructor(options: FakeFlowWorld) {
    this.#script = options.answers ?? {};
    this.#events = new FakeEvents(options.events ?? []);
    this.submittedAtMs = this.nowMs = options.submittedAtMs ?? Date.UTC(2026, 0, 1);
    this.seed = options.seed ?? "test";
    this.connection = options.connection ?? "acme";
    this.publicUrl = options.publicUrl ?? null;
  }

  async take(request: StepRequest): Promise<StepResult> {
    this.steps.push(structuredClone(request));
    if (request.step === "sleep") this.nowMs = wakesAt(request.input, this.nowMs);
    if (request.step === "event") return this.#events.wait(request, this);
    const isOwn = request.step === "sleep" || request.step === "log";
    return { value: isOwn ? null : request.step === "records" ? this.#kept(request) : this.#answer(request), atMs: this.nowMs };
  }

  async *items(path: string): AsyncIterable<unknown> {
    const { name } = this.steps.find((step) => step.path === path) ?? { name: "" };
    yield* this.#script[name] as readonly unknown[];
  }

  isEnding(): boolean {
    return false;
  }

  /** What the script says of `records.upsert` and the like; else as if everything were new, and nothing missing. */
  #kept(request: StepRequest): unknown {
    const name = `records.${request.name}`;
    if (Object.hasOwn(this.#script, name)) return this.#answer({ ...request, name });
    const { objects = [] } = request.input as { readonly objects?: readonly unknown[] };
    const mark = { watermark: null, sweptAt: null };
    return {
      upsert: { written: objects.length, unchanged: 0 },
      markDeleted: { marked: true },
      markMissing: { marked: 0 },
      mark,
      moveMark: mark,
    }[request.name];
  }

  #answer({ name, input }: StepRequest): unknown {
    if (!Object.hasOwn(this.#script, name))
      throw new Error(
        `The flow asked for ${name}, which the script does not hold; it holds ${Object.keys(this.#script).join(", ") || "nothing"}.`,
      );
    const answer = this.#script[name];
    if (answer instanceof LongarmError) throw answer;
    return typeof answer === "function" ? answer(input as never) : structuredClone(answer);
  }
}

/** Runs a flow without a controller: its steps are answered from `answers` alone, its waits from `events`, and time passes at once. */
export async function tryFlow(flow: AnyFlow, input: unknown, world: FakeFlowWorld = {}): Promise<TriedFlow> {
  const driver = new ScriptedDriver(world);
  const end = await runFlow(flow, driver, input).then(
    (output) => ({ output, error: undefined }),
    (reason: unknown) => ({ output: undefined, error: LongarmError.from(reason) }),
  );
  const { steps } = driver;
  const isOwn = ({ step }: StepRequest): boolean => step === "sleep" || step === "log" || step === "event";
  return {
    ...end,
    steps,
    asked: steps.filter((step) => !isOwn(step)).map(({ step, name }) => (step === "records" ? `records.${name}` : name)),
    lines: steps.flatMap(({ step, name }) => (step === "log" ? [name] : [])),
  };
}
