import type { ErrorBody } from "@longarm/shared";
import type { StepRequest } from "@longarm/spoke";

/** What a flow of one's own is, as it crosses from the thread that has loaded it. */
export interface FlowFacts {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly version: number;
  /** JSON Schemas, packed (`pack-schema.ts`). */
  readonly input: unknown;
  readonly output: unknown;
  /** Its file within the directory. */
  readonly file: string;
}

/** Something that is wrong with a file, in words. */
export interface FileFault {
  readonly file: string;
  readonly problem: string;
}

/** What the files have come to. */
export interface Loaded {
  readonly flows: readonly FlowFacts[];
  readonly faults: readonly FileFault[];
  /** The text of every module that was loaded, by its address: a later thread runs the same code, whatever stands in the files by then. */
  readonly sources: ReadonlyMap<string, ModuleText>;
}

/** A module as Node was given it. */
export interface ModuleText {
  readonly format: string;
  readonly source: string;
}

/** What the thread is started with. */
export interface ThreadStart {
  /** Absolute. */
  readonly directory: string;
  /** Those that hold flows. */
  readonly files: readonly string[];
  /** Absent: the files are read. */
  readonly sources?: ReadonlyMap<string, ModuleText>;
  /** See `marks.ts`. */
  readonly marks: SharedArrayBuffer;
}

/** What a run's code is told of where it runs. */
export interface RunWorld {
  readonly submittedAtMs: number;
  readonly seed: string;
  readonly connection: string;
  readonly publicUrl: string | null;
}

/** To the thread. Runs go by numbers, which are given once in a controller's life; so do a run's questions in the thread's. */
export type ToThread =
  | {
      readonly kind: "run";
      readonly run: number;
      readonly flow: string;
      readonly version: number;
      readonly input: unknown;
      readonly world: RunWorld;
    }
  | { readonly kind: "answer"; readonly run: number; readonly ask: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly run: number; readonly ask: number; readonly error: ErrorBody }
  | { readonly kind: "drop"; readonly run: number }
  /** Answered by `idle` where its code waits for nothing that it has asked for. */
  | { readonly kind: "probe"; readonly run: number }
  | { readonly kind: "ping" };

/** What a run's code asks for. */
export type Question =
  | { readonly kind: "take"; readonly run: number; readonly ask: number; readonly request: StepRequest }
  /** The next items of a stream's reading, which its first question's number stands for; answered by an `ItemBatch`. */
  | { readonly kind: "items"; readonly run: number; readonly ask: number; readonly reading: number; readonly path: string };

/** Items of a stream in order. */
export interface ItemBatch {
  readonly items: readonly unknown[];
  readonly isLast: boolean;
}

/** From the thread. */
export type FromThread =
  | { readonly kind: "loading"; readonly file: string }
  | ({ readonly kind: "loaded" } & Loaded)
  | Question
  | { readonly kind: "leave"; readonly run: number; readonly reading: number }
  | { readonly kind: "returned"; readonly run: number; readonly output: unknown }
  | { readonly kind: "threw"; readonly run: number; readonly error: ErrorBody }
  /** `asks`: how many questions it had put by then. */
  | { readonly kind: "idle"; readonly run: number; readonly asks: number }
  /** What nobody caught. Number 0: nobody knows whose it was. `isFatal`: the thread ends by it. */
  | { readonly kind: "stray"; readonly run: number; readonly text: string; readonly isFatal: boolean };
