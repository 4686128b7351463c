import { unknownName, type LongarmError } from "@longarm/shared";
import type { FastifyReply } from "fastify";
import { Type, type TSchema } from "typebox";
import type { Principal } from "../../ports/principal.ts";
import type { DefinitionStore, Revised } from "../../ports/connection-store.ts";
import { mayUse } from "../../decide/access.ts";
import { assertMayUse } from "../run-access.ts";
import { answers, nameParams } from "../schemas.ts";
import { ifMatchHeader, readExpectedSequence, toEtag } from "./revision.ts";
import type { TypedApp } from "./route.ts";

interface Named {
  readonly name: string;
}

/** A kind of definition as its routes need to know it. */
export interface DefinitionKind<T> {
  readonly kind: "connection" | "credential" | "hook" | "schedule" | "sync" | "trigger";
  readonly store: DefinitionStore<T>;
  /** The definition as it is shown. */
  readonly shown: TSchema;
  readonly view: (revised: Revised<T>) => Record<string, unknown> | Promise<Record<string, unknown>>;
  /** The connection or credential that somebody must be granted to see it; absent: the one of its own name. */
  readonly guard?: (value: T) => string;
  /** Throws when the definition has to stay. */
  readonly checkRemoval?: (name: string, by: Principal) => Promise<void>;
}

/** Definitions that have a state beside them, which goes when they go. */
export function withStates<T>(definitions: DefinitionStore<T>, states: { remove(name: string): Promise<unknown> }): DefinitionStore<T> {
  return {
    get: (name) => definitions.get(name),
    list: () => definitions.list(),
    put: (name, value, expected) => definitions.put(name, value, expected),
    async remove(name, expected) {
      const wasThere = await definitions.remove(name, expected);
      await states.remove(name);
      return wasThere;
    },
  };
}

type Source<T> = Pick<DefinitionKind<T>, "kind" | "store">;

async function unknown<T extends Named>({ kind, store }: Source<T>, name: string): Promise<LongarmError> {
  const known = (await store.list()).map(({ value }) => value.name);
  return unknownName(kind, name, known);
}

/** The definition of that name. Throws `unknown_connection` or `unknown_credential` with the names that were most likely meant. */
export async function existing<T extends Named>(source: Source<T>, name: string): Promise<Revised<T>> {
  const found = await source.store.get(name);
  if (found) return found;
  throw await unknown(source, name);
}

/** Answers with a definition that was just stored: 201 for a new one, else 200. */
export async function sendStored<T>(reply: FastifyReply, { view }: DefinitionKind<T>, stored: Revised<T>): Promise<FastifyReply> {
  const shown = await view(stored);
  return reply
    .code(stored.revision === 1 ? 201 : 200)
    .header("etag", toEtag(stored))
    .send(shown);
}

/** Lists, shows and removes definitions of a kind; how one is written is the kind's own. */
export function registerDefinitions<T extends Named>(app: TypedApp, of: DefinitionKind<T>): void {
  const { kind, store, shown, view, checkRemoval, guard = ({ name }: T) => name } = of;
  const [path, noun, tags] = [`/v1/${kind}s`, kind.replace(/^./, (letter) => letter.toUpperCase()), [`${kind}s`]];
  const granted = kind === "credential" ? kind : "connection";
  const reads = { scope: `${kind}s:read` } as const;
  const existingFor = async (principal: Principal, name: string): Promise<Revised<T>> => {
    // Where the name itself is what may be granted, nothing else is told of it.
    if (!of.guard) assertMayUse(principal, name, granted);
    const found = await existing(of, name);
    assertMayUse(principal, guard(found.value), granted);
    return found;
  };

  const all = answers({ 200: Type.Object({ [`${kind}s`]: Type.Array(shown) }) });
  const list = { operationId: `list${noun}s`, summary: `List ${kind}s`, tags, response: all };
  app.get(path, { schema: list, config: reads }, async ({ principal }) => {
    const seen = (await store.list()).filter(({ value }) => mayUse(principal, guard(value)));
    return { [`${kind}s`]: await Promise.all(seen.map(async (one) => view(one))) };
  });

  const common = { tags, params: nameParams };
  const one = { ...common, operationId: `get${noun}`, summary: `Show a ${kind}`, response: answers({ 200: shown }) };
  app.get(`${path}/:name`, { schema: one, config: reads }, async (request, reply) => {
    const found = await existingFor(request.principal, request.params.name);
    return reply.header("etag", toEtag(found)).send(await view(found));
  });

  const gone = answers({ 204: Type.Null({ description: "It is gone." }) });
  const remove = { ...common, operationId: `remove${noun}`, summary: `Remove a ${kind}`, headers: ifMatchHeader, response: gone };
  app.delete(`${path}/:name`, { schema: remove, config: { scope: `${kind}s:write` } }, async (request, reply) => {
    const { name } = request.params;
    await existingFor(request.principal, name);
    await checkRemoval?.(name, request.principal);
    if (!(await store.remove(name, readExpectedSequence(request.headers)))) throw await unknown(of, name);
    return reply.code(204).send();
  });
}
