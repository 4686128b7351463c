import type { LongarmError, Secret } from "@longarm/shared";
import type { HttpMethod } from "@longarm/shared/rest";

/** A request as an action states it: relative to the connection's base URL. */
export interface ActionRequest {
  /** Parts joined to a path, each encoded: `path: ["api", "v1", "users", login]`. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Waited out before the call is first sent; the run says why. On replay a call that was sent before is not waited for. */
  readonly after?: { readonly ms: number; readonly why: string };
}

/** A request that changes something, what it means to do, and how to go on when nobody knows whether it took effect. */
export interface ChangingRequest extends ActionRequest {
  readonly plan: WritePlan;
  /**
   * `repeat`: to send it again does no harm (of a `converge` action only). `tell`: no read tells, so that the run ends
   * `outcome_unknown`. A `ReadBack`: the engine reads, and goes on by what it finds.
   */
  readonly ifUnknown: "repeat" | "tell" | ReadBack;
  /**
   * Is this 2xx answer one that the target gives when it has done what it was asked? One that is not may come from something before the
   * target, or be spoiled on its way: nobody knows then whether the call took effect. Absent: anything but text is. A pure function.
   */
  isAnswer?(answer: ActionResponse): boolean;
  /** Sent once at most, although the action's class would let it be repeated. A `ReadBack` may still find that it took effect. */
  readonly onlyOnce?: boolean;
  /** Made once, before the first attempt; when it cannot be made, the target is left to check for itself. */
  readonly check?: Check;
  /** Read for a person to judge by, when the run ends `outcome_unknown` for this call. */
  readonly witnesses?: readonly Witness[];
}

/** A read that may help a person to tell whether a call took effect. */
export interface Witness {
  /** The member of the run's evidence that holds what it says. */
  readonly name: string;
  /** Sent as GET. `sentAtMs`: when the call was first sent, Unix milliseconds on our clock. */
  request(sentAtMs: number): ActionRequest;
  /** What of a 200 answer is worth telling: plain JSON, no secrets. A pure function. */
  testify(answer: ActionResponse): unknown;
}

/** What a request is checked against before it leaves. */
export interface Check {
  /** Sent as GET. Its answer serves every run of the connection for some minutes: a schema, not the state of an object. */
  readonly request: ActionRequest;
  /** The error that ends the run, or undefined. Judged by an older answer first; what that forbids is asked for anew. A pure function. */
  judge(answer: ActionResponse): LongarmError | undefined;
}

/** How a read tells what became of a changing call whose answer was lost. */
export interface ReadBack {
  /** Sent as GET: of the object itself where that can be, since a search reads an index that lags. */
  readonly request: ActionRequest;
  /**
   * What the answer means. `sentAgoMs` is how long ago the call was first sent, so that a time in the answer can be compared by the
   * answer's own clock. A pure function.
   */
  judge(answer: ActionResponse, at: { readonly sentAgoMs: number }): Finding;
  /**
   * How long what is read may lag behind what the target has done. For so long nothing is taken for absent once the target has refused
   * the repeat, which may be for what the first try has made. Default 0.
   */
  readonly lagMs?: number;
}

/** What a read has shown of a changing call. */
export type Finding =
  /** It took effect; `response` stands in for the answer that was lost. */
  | { readonly kind: "applied"; readonly response: ActionResponse }
  /** It did not, as far as the read shows: the target stands as it stood before. */
  | { readonly kind: "not_applied" }
  /** What it was to make is there, but somebody else made it, or made it otherwise. */
  | { readonly kind: "conflict"; readonly error: LongarmError }
  /** The read does not tell. */
  | { readonly kind: "unclear" }
  /** What would tell may stand further on in a list. */
  | { readonly kind: "readOn"; readonly request: ActionRequest };

/** A POST that only reads. */
export interface ReadingPost extends ActionRequest {
  readonly effect: "read";
}

/** One difference between the org's state and what was asked for. Values are plain JSON; null: nothing there. */
export interface Change {
  /** What is changed, in words and with its id: `user 00u…`. */
  readonly object: string;
  /** Where in it, as a JSON pointer. */
  readonly pointer: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** A further call that would follow. A part of the path that is not known yet stands in braces. */
export interface PlannedCall {
  readonly method: HttpMethod;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a changing call means to do, said beside it: a dry run ends here, with this and the call itself, and sends nothing. */
export interface WritePlan {
  readonly changes: readonly Change[];
  /** The changing calls that follow when this one succeeds. */
  readonly followedBy?: readonly PlannedCall[];
}

/** A response as an action sees it; `body` is parsed JSON, or text where it is none, or null where there is none. */
export interface ActionResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * REST calls of one run, in the order the action makes them. Each resolves with whatever the target answered, errors included;
 * only what ends the run (no agent, deadline, cancellation) is thrown. On replay a call that the log holds is answered from it.
 */
export interface ActionRest {
  get(request: ActionRequest): Promise<ActionResponse>;
  /** A changing call takes the action's effect class; in a dry run it is not sent and ends the action. */
  post(request: ChangingRequest | ReadingPost): Promise<ActionResponse>;
  put(request: ChangingRequest): Promise<ActionResponse>;
  delete(request: ChangingRequest): Promise<ActionResponse>;
}

/** What an action function is given. It must be a pure function of its input and of what `rest` answers. */
export interface ActionContext {
  readonly rest: ActionRest;
  /** The name of the run's connection. */
  readonly connection: string;
  /** The address under which the controller is reached from outside, without a slash at its end; null: none is configured. */
  readonly publicUrl: string | null;
  /**
   * What the connection's target must send with its events to the controller; null: no hook is registered. It belongs into no output. In a
   * dry run it is another one.
   */
  hookSecret(): Promise<Secret | null>;
  /** The run's submission time, the same on every replay: the only clock an action has. Unix milliseconds. */
  readonly submittedAt: number;
  /** Is nothing to be changed? Then the first changing call ends the action; one that creates looks first whether it would be refused. */
  readonly dryRun: boolean;
  /** Says something about the run's progress to whoever watches; not kept. */
  note(sentence: string): void;
}

/** The first request of a stream and what is asked of its pages. */
export interface StreamRequest extends ActionRequest {
  readonly method: Extract<HttpMethod, "GET">;
  /** Names of query members that hold on every page: each is set again where the target's link leaves it out. */
  readonly repeats?: readonly string[];
  /** The list has no end: behind an empty page the next one is asked for after this many milliseconds. */
  readonly pollMs?: number;
}
