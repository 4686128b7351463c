import type { LogEntry, Outcome } from "@longarm/shared";
import { Counter, Histogram, Registry } from "prom-client";
import type { RunTally } from "../ports/metrics.ts";

const secondsOfCalls = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Counts what this controller has done since it started: the ends of runs, and their calls. */
export class RunCounters implements RunTally {
  readonly registry = new Registry();
  readonly #ended: Counter<"status" | "lane">;
  readonly #waits: Counter<"reason">;
  readonly #calls: Counter<"connection" | "executor" | "answer">;
  readonly #queued: Histogram<"executor">;
  readonly #seconds: Histogram<"executor">;

  constructor() {
    const registers = [this.registry];
    this.#ended = new Counter({
      name: "longarm_runs_ended_total",
      help: "Runs that this controller brought to an end.",
      labelNames: ["status", "lane"],
      registers,
    });
    this.#waits = new Counter({
      name: "longarm_run_waits_total",
      help: "Waits of runs that this controller carries, by what they waited for.",
      labelNames: ["reason"],
      registers,
    });
    this.#calls = new Counter({
      name: "longarm_calls_total",
      help: "Attempts of calls that are over, by the class of their answer; unknown: nobody knows whether it took effect.",
      labelNames: ["connection", "executor", "answer"],
      registers,
    });
    this.#queued = new Histogram({
      name: "longarm_call_queue_seconds",
      help: "From a run's asking for a call to its leaving: selection, budget and waits.",
      labelNames: ["executor"],
      buckets: secondsOfCalls,
      registers,
    });
    this.#seconds = new Histogram({
      name: "longarm_call_seconds",
      help: "From a call's leaving its executor to the last byte of its answer.",
      labelNames: ["executor"],
      buckets: secondsOfCalls,
      registers,
    });
  }

  take({ connection, lane }: Parameters<RunTally["take"]>[0], entry: LogEntry): void {
    if (entry.kind === "completed") this.#ended.inc({ status: entry.status, lane });
    else if (entry.kind === "parked") this.#waits.inc({ reason: entry.reason });
    else if (entry.kind === "outcome") this.#takeCall(connection ?? "", entry);
  }

  #takeCall(connection: string, outcome: Outcome): void {
    const executor = outcome.executor.kind;
    this.#calls.inc({ connection, executor, answer: answerClass(outcome) });
    this.#queued.observe({ executor }, outcome.queuedMs / 1_000);
    const { totalMs } = outcome.record;
    if (typeof totalMs === "number") this.#seconds.observe({ executor }, totalMs / 1_000);
  }
}

/** `2xx`, `429` by itself, `not_sent`, `unknown`. */
function answerClass({ result, status }: Outcome): string {
  if (result !== "response" || status === null) return result;
  return status === 429 ? "429" : `${Math.floor(status / 100)}xx`;
}
