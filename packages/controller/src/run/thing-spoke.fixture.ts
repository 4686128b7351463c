// A small spoke for tests of the engine: an action for each way in which a call can go.
import { LongarmError, secretKeyword } from "@longarm/shared";
import { action, flow, stream, streamMembers, type ActionResponse, type Check, type ReadBack, type Spoke } from "@longarm/spoke";
import { Type } from "typebox";

const closed = { additionalProperties: false } as const;
const named = Type.Object({ name: Type.String() }, closed);
const shared = {
  category: "Test",
  docs: "https://example.com/docs",
  version: 1,
  scopes: ["things"],
  summary: "A test.",
  destructive: false,
} as const;

/** By the key: 404 is nothing, a thing of the run's own is its work, another's is a conflict; all else tells nothing. */
function readingKey(name: string): ReadBack {
  return {
    request: { path: ["keys", name] },
    ...(name === "lagging" && { lagMs: 20_000 }),
    judge: (answer, { sentAgoMs }) => {
      const { owner, next } = (answer.body ?? {}) as { readonly owner?: string; readonly next?: string };
      if (next !== undefined) return { kind: "readOn", request: { path: ["keys", next] } };
      if (answer.status === 404) return { kind: "not_applied" };
      if (answer.status !== 200 || sentAgoMs < 0) return { kind: "unclear" };
      return owner === "me" ? { kind: "applied", response: answer } : { kind: "conflict", error: new LongarmError("conflict") };
    },
  };
}

const keepGroup = flow({
  name: "test.flow.keepGroup",
  title: "Keep a Group",
  summary: "A test.",
  version: 1,
  input: named,
  output: Type.Unknown(),
  run: (ctx, { name }) => ctx.records.upsert("groups", { id: name, name }),
});

/** `test.thing.read`: two reads. `test.thing.create`: a look-up and a create. `test.thing.mint`: answers a secret. `test.thing.stream`. */
export const thingSpoke: Spoke = {
  name: "test",
  flows: [keepGroup],
  records: [{ kind: "groups", fields: [{ name: "name" }], changedAt: ["lastUpdated"], refresh: { flow: keepGroup.name, member: "name" } }],
  definitions: [
    action({
      ...{
        ...shared,
        name: "test.thing.read",
        title: "Read",
        effect: "read",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({ both: Type.Array(Type.String()) }, closed),
      },
      async run({ rest }, { name }) {
        const first = await rest.get({ path: ["first", name] });
        const second = await rest.get({ path: ["second", name] });
        return { both: [first, second].map(({ body }) => String((body as { id: unknown }).id)) };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.create",
        title: "Create",
        effect: "create",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({ id: Type.String() }, closed),
      },
      async run({ rest }, { name }) {
        const { body } = await rest.post({
          path: ["things"],
          body: { name },
          plan: { changes: [{ object: "thing", pointer: "", from: null, to: { name } }] },
          ifUnknown: "tell",
        });
        return { id: String((body as { id: unknown }).id) };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.addressed",
        title: "Create by a key",
        effect: "create",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({ id: Type.String() }, closed),
      },
      async run({ rest }, { name }) {
        const ifUnknown = readingKey(name);
        const { status, body } = await rest.post({ path: ["things"], body: { name }, plan: { changes: [] }, ifUnknown });
        if (status >= 400) throw new LongarmError("already_exists");
        return { id: String((body as { id: unknown }).id) };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.rename",
        title: "Bring to a state",
        effect: "converge",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({ id: Type.String() }, closed),
      },
      async run({ rest }, { name }) {
        const after = { ms: 5_000, why: "The thing settles first" };
        const request = { path: ["things", name], plan: { changes: [] }, ifUnknown: readingKey(name), onlyOnce: name === "once" };
        const isAnswer = ({ body }: ActionResponse): boolean => name !== "whole" || "id" in (body as object);
        const { body } = await rest.put(name === "later" ? { ...request, after } : { ...request, isAnswer });
        return { id: String((body as { id: unknown }).id) };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.strict",
        title: "Checked",
        effect: "converge",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({}, closed),
      },
      async run({ rest }, { name }) {
        const judge: Check["judge"] = ({ body }) => (body === "forbidden" ? new LongarmError("invalid_request") : undefined);
        const check = { request: { path: ["rules"] }, judge };
        await rest.put({ path: ["things", name], plan: { changes: [] }, ifUnknown: "repeat", check });
        return {};
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.echo",
        title: "Echo",
        effect: "read",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
      },
      output: Type.Object({ body: Type.Unknown() }, closed),
      async run({ rest }, { name }) {
        const { body } = await rest.get({ path: ["echo", name] });
        return { body };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.stubborn",
        title: "Stubborn",
        effect: "converge",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
      },
      output: Type.Object({ gone: Type.Boolean() }, closed),
      async run({ rest }, { name }) {
        const plan = { changes: [], followedBy: [{ method: "POST", path: "/things/{id}/after" }] } as const;
        const gone = await rest
          .delete({ path: ["things", name], query: { force: true }, plan, ifUnknown: "repeat" })
          .catch(() => undefined);
        if (!gone) await rest.post({ path: ["things", name], plan: { changes: [] }, ifUnknown: "tell" }).catch(() => undefined);
        return { gone: gone !== undefined };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.converge",
        title: "Converge",
        effect: "converge",
        input: Type.Object({ name: Type.String(), key: Type.Optional(Type.String({ [secretKeyword]: true })) }, closed),
        examples: [{ title: "Ada", input: { name: "ada" } }],
      },
      output: Type.Object({ changed: Type.Boolean(), key: Type.String({ [secretKeyword]: true }) }, closed),
      async run({ rest }, { name, key }) {
        const { status } = await rest.get({ path: ["things", name] });
        if (status === 200) return { changed: false, key: "found" };
        await rest.put({ path: ["things", name], body: { nested: [{ key }] }, plan: { changes: [] }, ifUnknown: "repeat" });
        return { changed: true, key: "made" };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.mint",
        title: "Mint",
        effect: "once",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
      },
      output: Type.Object({ token: Type.String({ [secretKeyword]: true }) }, closed),
      async run({ rest }) {
        const witness = { name: "newest", request: () => ({ path: ["tokens", "newest"] }), testify: ({ body }: ActionResponse) => body };
        const { body } = await rest.post({ path: ["tokens"], plan: { changes: [] }, ifUnknown: "tell", witnesses: [witness] });
        return { token: String((body as { token: unknown }).token) };
      },
    }),
    stream({
      ...{
        ...shared,
        name: "test.thing.parts",
        title: "Parts",
        input: Type.Object({ of: Type.String(), ...streamMembers }, closed),
        examples: [{ title: "Of one", input: { of: "x" } }],
        item: Type.Object({ id: Type.String() }, closed),
      },
      async prepare({ rest }, input) {
        const { body } = await rest.get({ path: ["things", input.of] });
        return { ...input, of: String((body as { id: unknown }).id) };
      },
      start: ({ of }) => ({ method: "GET", path: ["things", of, "parts"] }),
      page: ({ body }) => ({ items: body as { id: string }[] }),
      refused: ({ status }) => (status === 404 ? new LongarmError("group_not_found") : undefined),
      identify: ({ id }) => id,
      limit: ({ maxItems }) => maxItems,
    }),
    stream({
      ...{
        ...shared,
        name: "test.thing.stream",
        title: "Stream",
        input: Type.Object({ ...streamMembers }, closed),
        examples: [{ title: "All", input: {} }],
        item: Type.Object({ id: Type.String() }, closed),
      },
      start: () => ({ method: "GET", path: ["things"] }),
      page: ({ body }) => ({ items: body as { id: string }[] }),
      identify: ({ id }) => id,
      limit: ({ maxItems }) => maxItems,
    }),
  ],
  explain: ({ status }) => new LongarmError("target_error", `The target answered ${status}.`),
  probe: { path: ["me"] },
};
