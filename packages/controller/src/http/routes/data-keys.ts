import { Type } from "typebox";
import type { DataKey } from "../../ports/data-keys.ts";
import { toRfc3339 } from "../moments.ts";
import { answers, closed } from "../schemas.ts";
import type { Routes } from "./route.ts";

const tags = ["data keys"];
const time = Type.Union([Type.String(), Type.Null()]);
const config = { scope: "keys:admin" } as const;

const key = Type.Object({
  id: Type.Integer(),
  state: Type.Enum(["active", "next", "retired"]),
  createdAt: time,
  retiredAt: time,
  values: Type.Integer({ description: "How many definitions and the like are sealed under it." }),
  runs: Type.Boolean({ description: "May records of runs be sealed under it?" }),
  runsUntil: Type.Union([Type.String(), Type.Null()], { description: "Until when finished runs that may be are kept." }),
});
const resealed = Type.Object({
  active: Type.Integer({ description: "The key that seals from now on." }),
  resealed: Type.Integer({ description: "How many values were sealed anew." }),
  left: Type.Integer({ description: "How many are under another key yet." }),
});

function shown({ createdAt, retiredAt, runsUntil, ...of }: DataKey): Record<string, unknown> {
  const at = (ms: number | null): string | null => (ms === null ? null : toRfc3339(ms));
  return { ...of, createdAt: at(createdAt), retiredAt: at(retiredAt), runsUntil: at(runsUntil) };
}

/** `/v1/keys`: the keys that everything stored is sealed under; no part of one is ever shown. */
export function registerDataKeys({ app, deps }: Routes): void {
  const { dataKeys } = deps;
  const list = {
    operationId: "listDataKeys",
    summary: "List the data keys, and what is sealed under each",
    tags,
    response: answers({ 200: Type.Object({ keys: Type.Array(key) }) }),
  };
  app.get("/v1/keys", { schema: list, config }, async () => ({ keys: (await dataKeys.list()).map(shown) }));

  const rotate = {
    operationId: "rotateDataKey",
    summary: "Make a new data key the active one, and seal all values anew",
    tags,
    body: closed({ prepare: Type.Optional(Type.Boolean({ description: "Only add the key, to bring it to other controllers first." })) }),
    response: answers({ 200: resealed }),
  };
  app.post("/v1/keys/rotate", { schema: rotate, config }, ({ body }) => dataKeys.rotate({ prepare: body.prepare ?? false }));

  const reseal = {
    operationId: "resealValues",
    summary: "Read the key ring again, and seal anew what is under another key than the active one",
    tags,
    response: answers({ 200: resealed }),
  };
  app.post("/v1/keys/reseal", { schema: reseal, config }, () => dataKeys.reseal());

  const params = closed({ id: Type.Integer({ minimum: 0, maximum: 0xffff_ffff }) });
  const gone = answers({ 204: Type.Null({ description: "It is gone." }) });
  const drop = {
    operationId: "dropDataKey",
    summary: "Remove a data key under which nothing is sealed any more",
    tags,
    params,
    response: gone,
  };
  app.delete("/v1/keys/:id", { schema: drop, config }, async (request, reply) => {
    await dataKeys.drop(request.params.id);
    return reply.code(204).send();
  });
}
