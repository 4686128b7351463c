import type { EffectClass, LimitTable, LongarmError, TriggerSample } from "@longarm/shared";
import type { Static, TSchema } from "typebox";
import { checkDefinition } from "./check-definition.ts";
import type { AnyFlow } from "./flow/flow.ts";
import type { RecordKind } from "./record-kind.ts";
import type { ActionContext, ActionResponse, ActionRest, StreamRequest } from "./context.ts";
import type { Inbound } from "./inbound.ts";

/** An example that the catalogue shows and a test runs. */
export interface Example<Input> {
  readonly title: string;
  readonly input: Input;
}

interface Described<I extends TSchema> {
  /** `<spoke>.<noun>.<verb>`, as users type it. */
  readonly name: string;
  /** The name people know it by. */
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** A closed object schema (`additionalProperties: false`); secret members carry `x-secret`. */
  readonly input: I;
  readonly scopes: readonly string[];
  readonly category: string;
  /** The target's documentation of the endpoint. */
  readonly docs: string;
  /** Raised when a change makes a replay of an older run's log impossible. */
  readonly version: number;
  readonly examples: readonly Example<Static<I>>[];
}

/** A typed operation of a spoke. */
export interface Action<I extends TSchema = TSchema, O extends TSchema = TSchema> extends Described<I> {
  readonly kind: "action";
  readonly output: O;
  /** The class of its changing call; look-ups are `read`. */
  readonly effect: EffectClass;
  readonly destructive: boolean;
  /**
   * What must not be done twice at once although the target would let it: over one connection, runs with the same text go one after the
   * other, unless a run says another concurrency key. At most 256 characters, no secrets. A pure function.
   */
  oneAtATime?(input: Static<I>): string;
  /** Throws LongarmError for what the target or the input makes impossible. */
  run(context: ActionContext, input: Static<I>): Promise<Static<O>>;
}

/** What a stream wants to have of a page: its items, already in their output form. */
export interface StreamPage<Item> {
  readonly items: readonly Item[];
  /** Says that nothing behind this page is wanted, whatever the target's links say. */
  readonly last?: boolean;
  /** How many items of the page were left out because the input excludes them. */
  readonly dropped?: number;
  /** There may be more that this kind of request cannot reach. Only with `last`. */
  readonly truncated?: boolean;
}

/** A stream is an action that yields items page by page; the executor follows the target's links itself. */
export interface Stream<I extends TSchema = TSchema, Item extends TSchema = TSchema> extends Described<I> {
  readonly kind: "stream";
  readonly item: Item;
  readonly effect: "read";
  readonly destructive: false;
  /**
   * Look-ups before the first request; resolves to the input as the functions below take it, such as with an id in place of a name.
   * Like an action it must be a pure function of its input and of what `rest` answers, and it may only read. Absent: nothing to look up.
   */
  prepare?(context: ActionContext, input: Static<I>): Promise<Static<I>>;
  /** The first page's request. Throws `invalid_request` for inputs that exclude each other. */
  start(input: Static<I>): StreamRequest;
  /** A 2xx page as items; throws LongarmError when it is not of the expected form. */
  page(response: ActionResponse, input: Static<I>): StreamPage<Static<Item>>;
  /** What a refusal of a page means for this very input, such as an object that is not there. Undefined: what the spoke's `explain` says. */
  refused?(response: ActionResponse, input: Static<I>): LongarmError | undefined;
  /** What makes an item the same item after a resume. */
  identify(item: Static<Item>): string;
  /** How many items the caller wants at most; undefined: all. */
  limit(input: Static<I>): number | undefined;
}

// The registry holds definitions of many schemas side by side; their functions are only called with input that passed that very schema.
/** An action of whatever schemas. */
// oxlint-disable-next-line typescript/no-explicit-any -- see above: the registry checks input by the very schema
export type AnyAction = Action<any, any>;
/** A stream of whatever schemas. */
// oxlint-disable-next-line typescript/no-explicit-any -- see above: the registry checks input by the very schema
export type AnyStream = Stream<any, any>;
/** Whatever a spoke may define. */
export type AnyDefinition = AnyAction | AnyStream;

/** Who a target is, and whom a credential stands for there; null where it does not tell. */
export interface TargetIdentity {
  readonly org: { readonly id: string; readonly url: string | null } | null;
  readonly principal: { readonly kind: "user" | "app"; readonly id: string; readonly name: string | null } | null;
}

/** A file of flows as it was written. */
export interface FlowSource {
  readonly file: string;
  /** TypeScript. */
  readonly source: string;
}

/** Everything the engine knows of a target system. */
export interface Spoke {
  /** `okta`; the first part of every name below. */
  readonly name: string;
  readonly definitions: readonly AnyDefinition[];
  /** Compositions of them that come with the spoke. */
  readonly flows?: readonly AnyFlow[];
  /** Of which objects of its targets records are kept. */
  readonly records?: readonly RecordKind[];
  /** The file that holds a flow, to be copied by whoever wants another one: it imports the kit alone. Undefined: there is no such flow. */
  flowSource?(name: string): FlowSource | undefined;
  /** Triggers of them to copy; each bears a name that begins with the spoke's. */
  readonly triggers?: readonly TriggerSample[];
  /** The error that a response other than 2xx means when a stream's page or a connection test meets it. */
  explain(response: ActionResponse): LongarmError;
  /** The cheapest read that proves that a credential works, for `longarm connections test`. */
  readonly probe: { readonly path: readonly string[] };
  /** Of the token endpoint, for credentials that name none: begins with `/`. Absent: the target knows no OAuth clients. */
  readonly tokenPath?: string;
  /** How its target limits requests; absent: as the target says itself. */
  readonly limits?: LimitTable;
  /** Asks the target who it is and whom the credential stands for; `clientId` is that of an OAuth client. */
  identify?(rest: Pick<ActionRest, "get">, clientId: string | null): Promise<TargetIdentity>;
  /** What its target sends by itself; absent: nothing. */
  readonly inbound?: Inbound;
}

/** Declares an action. Throws `internal` at once when its name, schemas or examples are not of the house's form. */
export function action<I extends TSchema, O extends TSchema>(definition: Omit<Action<I, O>, "kind">): Action<I, O> {
  const declared: Action<I, O> = { kind: "action", ...definition };
  checkDefinition(declared);
  return declared;
}

/** Declares a stream; checked like an action, and its input must have the members of `streamMembers`. */
export function stream<I extends TSchema, Item extends TSchema>(
  definition: Omit<Stream<I, Item>, "kind" | "effect" | "destructive">,
): Stream<I, Item> {
  const declared: Stream<I, Item> = { kind: "stream", effect: "read", destructive: false, ...definition };
  checkDefinition(declared);
  return declared;
}
