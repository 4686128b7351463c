import { extname } from "node:path";
import type { EventLoopUtilization } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import { LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { Marks } from "./marks.ts";
import type { FromThread, Loaded, ThreadStart, ToThread } from "./messages.ts";
import { watchThread } from "./watch-thread.ts";

/** What the thread is held to. */
export interface ThreadLimits {
  readonly blockedAfterMs: number;
  readonly memoryMb: number;
  readonly loadWithinMs: number;
}

/** How a thread ended by itself, or had to be ended. */
export interface ThreadEnd {
  readonly how: "blocked" | "memory" | "exit" | "threw" | "left";
  /** Whose code ran; 0: nobody knows. */
  readonly run: number;
  /** What is to be said of it, as it follows a subject. */
  readonly said: string;
}

// Of sources or of a bundle, as this file is.
const program = new URL(`flow-thread-main${extname(new URL(import.meta.url).pathname)}`, import.meta.url);

interface Deps extends Pick<ThreadStart, "directory" | "files" | "sources"> {
  readonly limits: ThreadLimits;
  readonly logger: Logger;
  onMessage(message: FromThread): void;
}

/** One life of the thread that flows of one's own run in. */
export class FlowThread {
  readonly #worker: Worker;
  readonly #marks = new Marks();
  readonly #deps: Deps;
  readonly #loaded = Promise.withResolvers<Loaded>();
  readonly #ended = Promise.withResolvers<ThreadEnd>();
  #file = "";
  #stray: ThreadEnd | undefined;
  #isOver = false;
  #looked: EventLoopUtilization | undefined;
  #stopWatching: () => void = () => undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
    const { directory, files, sources, limits, logger } = deps;
    const start: ThreadStart = { directory, files, marks: this.#marks.buffer, ...(sources && { sources }) };
    this.#worker = new Worker(program, {
      workerData: start,
      name: "longarm flows",
      // What the controller was told by its environment is no matter of the flows'.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
      stdout: true,
      stderr: true,
    });
    for (const input of [this.#worker.stdout, this.#worker.stderr])
      createInterface({ input }).on("line", (line) => logger.info({ line }, "A flow has printed a line."));
    this.#worker.on("message", (message: FromThread) => this.#take(message));
    this.#worker.on("error", (reason) => this.#onError(reason));
    this.#worker.on("exit", (code) => this.#end({ how: "exit", run: this.#marks.run, said: `ended the thread (exit code ${code})` }));
  }

  /** Resolves when its files are loaded. Throws `invalid_configuration` when it ends before, or takes too long. */
  async loaded(): Promise<Loaded> {
    const { loadWithinMs } = this.#deps.limits;
    const timer = setTimeout(() => {
      this.#end({ how: "blocked", run: 0, said: `was not loaded within ${loadWithinMs / 1_000} s` });
      void this.stop();
    }, loadWithinMs);
    const early = this.#ended.promise.then(({ said }) => {
      throw new LongarmError(
        "invalid_configuration",
        `${this.#file || "The directory of flows"} ${said}; a file of flows only declares them.`,
      );
    });
    try {
      const loaded = await Promise.race([this.#loaded.promise, early]);
      this.#stopWatching = watchThread(this.#marks, {
        blockedAfterMs: this.#deps.limits.blockedAfterMs,
        ping: () => this.post({ kind: "ping" }),
        onBlocked: (run) => {
          this.#end({ how: "blocked", run, said: `did not let go of the thread for ${this.#deps.limits.blockedAfterMs / 1_000} s` });
          void this.stop();
        },
      });
      return loaded;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when it has ended otherwise than by `stop`. */
  get ended(): Promise<ThreadEnd> {
    return this.#ended.promise;
  }

  /** Runs nothing any more, or is about to be ended. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** How much of the time since the last look its code was running, from 0 to 1. */
  busyShare(): number {
    const now = this.#worker.performance.eventLoopUtilization();
    const share = this.#worker.performance.eventLoopUtilization(now, this.#looked).utilization;
    this.#looked = now;
    return share;
  }

  /** Ends it for code that a run has left running. */
  giveUp(run: number): void {
    this.#end({ how: "left", run, said: "was ended and its code ran on" });
    void this.stop();
  }

  post(message: ToThread): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    this.#worker.postMessage(message);
  }

  /** Ends it at once, whatever it is at. */
  async stop(): Promise<void> {
    this.#stopWatching();
    await this.#worker.terminate();
  }

  #take(message: FromThread): void {
    if (message.kind === "loading") this.#file = message.file;
    else if (message.kind === "loaded") this.#loaded.resolve(message);
    else {
      if (message.kind === "stray" && message.isFatal)
        this.#stray = { how: "threw", run: message.run, said: `threw where nobody could catch it: ${message.text}` };
      this.#deps.onMessage(message);
    }
  }

  #onError(reason: unknown): void {
    const isMemory = (reason as { readonly code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY";
    const { memoryMb } = this.#deps.limits;
    if (isMemory)
      this.#end({ how: "memory", run: this.#marks.run, said: `took more than the ${memoryMb} MB that all flows have together` });
    else this.#end({ how: "threw", run: this.#marks.run, said: `ended the thread: ${LongarmError.from(reason).message}` });
  }

  #end(end: ThreadEnd): void {
    this.#stopWatching();
    this.#isOver = true;
    this.#ended.resolve(this.#stray ?? end);
  }
}
