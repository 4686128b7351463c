import type { RestRequest } from "@longarm/shared/rest";
import type { World } from "./world.ts";

/** What the target answers. */
export interface OrgAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Thing {
  readonly id: string;
  readonly mark: string;
}

/**
 * A small target: things of which several may bear one mark, names that are taken once, states by name, locks that only open ones take,
 * tokens by count. Keeps no order but that of arrival.
 */
export class Org {
  readonly #world: World;
  readonly #things: Thing[] = [];
  readonly #states = new Map<string, string>();
  readonly #names = new Map<string, Thing>();
  readonly #locked = new Set<string>();
  #tokens = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Carries a request out and answers it. */
  handle(request: RestRequest): OrgAnswer {
    const [, kind = "", name = ""] = request.path.split("/");
    if (request.method === "GET") return this.#read(kind, name);
    const value = JSON.parse(new TextDecoder().decode(request.body)) as { readonly mark: string; readonly value?: string };
    const refusal = this.#refusal(kind, name || value.mark);
    if (refusal) return this.#refuse(request, refusal);
    const { runId, callId, attempt, effect } = request;
    this.#world.ledger.effects.push({ atMs: this.#world.nowMs, runId, callId, attempt, effect });
    this.#world.tell(`org applies ${request.method} ${request.path} ${callId}/${attempt}`);
    if (kind === "states") return this.#set(name, value.value ?? "");
    if (kind === "tokens") return { status: 200, body: { token: `t${(this.#tokens += 1)}` } };
    if (kind === "locks") return this.#lock(name);
    if (kind === "names") return this.#take(value.mark);
    const thing = { id: `thing-${this.#things.length + 1}`, mark: value.mark };
    this.#things.push(thing);
    return { status: 201, body: thing };
  }

  #refusal(kind: string, name: string): string | undefined {
    if (kind === "names" && this.#names.has(name)) return "taken";
    return kind === "locks" && this.#locked.has(name) ? "locked" : undefined;
  }

  #refuse({ method, path, callId, attempt }: RestRequest, why: string): OrgAnswer {
    this.#world.tally.add(why);
    this.#world.tell(`org refuses ${method} ${path} ${callId}/${attempt}: ${why}`);
    return { status: 400, body: { why } };
  }

  #lock(name: string): OrgAnswer {
    this.#locked.add(name);
    return { status: 200, body: { value: "locked" } };
  }

  #take(mark: string): OrgAnswer {
    const named = { id: `name-${this.#names.size + 1}`, mark };
    this.#names.set(mark, named);
    return { status: 201, body: named };
  }

  #set(name: string, value: string): OrgAnswer {
    this.#states.set(name, value);
    return { status: 200, body: { name, value } };
  }

  #read(kind: string, name: string): OrgAnswer {
    if (kind === "anything") return { status: 200, body: { name } };
    const found = this.#found(kind, name);
    return found ? { status: 200, body: found } : { status: 404, body: {} };
  }

  #found(kind: string, name: string): unknown {
    if (kind === "states") return this.#stateOf(name);
    if (kind === "locks") return { value: this.#locked.has(name) ? "locked" : "open" };
    return kind === "names" ? this.#names.get(name) : this.#things.find(({ mark }) => mark === name);
  }

  #stateOf(name: string): { readonly name: string; readonly value: string } | undefined {
    const value = this.#states.get(name);
    return value === undefined ? undefined : { name, value };
  }
}
