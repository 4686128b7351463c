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

/** A small target: things of which several may bear one mark, states by name, tokens by count. Keeps no order but that of arrival. */
export class Org {
  readonly #world: World;
  readonly #things: Thing[] = [];
  readonly #states = new Map<string, string>();
  #tokens = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Carries a request out and answers it. */
  handle(request: RestRequest): OrgAnswer {
    const [, kind = "", name = ""] = request.path.split("/");
    if (request.method === "GET") return this.#read(kind, name);
    const value = JSON.parse(new TextDecoder().decode(request.body)) as { readonly mark: string; readonly value?: string };
    const { runId, callId, attempt, effect } = request;
    this.#world.ledger.effects.push({ atMs: this.#world.nowMs, runId, callId, attempt, effect });
    this.#world.tell(`org applies ${request.method} ${request.path} ${callId}/${attempt}`);
    if (kind === "states") return this.#set(name, value.value ?? "");
    if (kind === "tokens") return { status: 200, body: { token: `t${(this.#tokens += 1)}` } };
    const thing = { id: `thing-${this.#things.length + 1}`, mark: value.mark };
    this.#things.push(thing);
    return { status: 201, body: thing };
  }

  #set(name: string, value: string): OrgAnswer {
    this.#states.set(name, value);
    return { status: 200, body: { name, value } };
  }

  #read(kind: string, name: string): OrgAnswer {
    if (kind === "anything") return { status: 200, body: { name } };
    const found = kind === "states" ? this.#stateOf(name) : this.#things.find(({ mark }) => mark === name);
    return found ? { status: 200, body: found } : { status: 404, body: {} };
  }

  #stateOf(name: string): { readonly name: string; readonly value: string } | undefined {
    const value = this.#states.get(name);
    return value === undefined ? undefined : { name, value };
  }
}
