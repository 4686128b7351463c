import { type EffectClass, LongarmError } from "@longarm/shared";
import { action, type ActionContext, type ActionResponse, type ReadBack, type Spoke } from "@longarm/spoke";
import { Type } from "typebox";

const closed = { additionalProperties: false } as const;
const input = Type.Object({ mark: Type.String() }, closed);
const plan = { changes: [] } as const;
const described = {
  ...{ input, category: "Simulated", docs: "https://example.com/docs", version: 1, scopes: ["things"], destructive: false },
  ...{ summary: "Moves the simulated target.", examples: [{ title: "One", input: { mark: "one" } }] },
} as const;

/** By its mark; what bears it is ours, since every run has a mark of its own. */
function byMark(
  kind: "things" | "names" | "states" | "locks",
  name: string,
  isAsWanted: (body: unknown) => boolean = () => true,
): ReadBack {
  return {
    request: { path: [kind, name] },
    judge: (answer) => {
      if (answer.status === 404) return { kind: "not_applied" };
      if (answer.status !== 200) return { kind: "unclear" };
      return isAsWanted(answer.body) ? { kind: "applied", response: answer } : { kind: "not_applied" };
    },
  };
}

/** Whatever the target may answer; each request knows which member is its. */
interface Answered {
  readonly id: string;
  readonly token: string;
  readonly value: string;
}

function whole({ status, body }: ActionResponse): Answered {
  if (status >= 200 && status < 300) return body as Answered;
  throw new LongarmError("target_error", `The target answered ${status}.`);
}

async function putState({ rest }: ActionContext, name: string, ifUnknown: "repeat" | "read"): Promise<string> {
  const read = byMark("states", name, (body) => (body as { value?: unknown }).value === "set");
  const body = { mark: name, value: "set" };
  const answer = await rest.put({ path: ["states", name], body, plan, ifUnknown: ifUnknown === "repeat" ? "repeat" : read });
  return whole(answer).value;
}

const look = action({
  ...{ ...described, name: "sim.thing.look", title: "Look twice", effect: "read", output: Type.Object({ seen: Type.Number() }, closed) },
  async run({ rest }, { mark }) {
    const answers = [await rest.get({ path: ["anything", mark] }), await rest.get({ path: ["anything", `${mark}-2`] })];
    return { seen: answers.map((answer) => whole(answer)).length };
  },
});

const make = action({
  ...{ ...described, name: "sim.thing.make", title: "Make, and read it back", effect: "create" },
  output: Type.Object({ id: Type.String() }, closed),
  async run({ rest }, { mark }) {
    await rest.get({ path: ["anything", mark] });
    const ifUnknown = byMark("things", mark);
    return { id: whole(await rest.post({ path: ["things"], body: { mark }, plan, ifUnknown })).id };
  },
});

const plant = action({
  ...{ ...described, name: "sim.thing.plant", title: "Make what no read finds", effect: "create" },
  output: Type.Object({ id: Type.String() }, closed),
  async run({ rest }, { mark }) {
    return { id: whole(await rest.post({ path: ["things"], body: { mark }, plan, ifUnknown: "tell" })).id };
  },
});

const set = action({
  ...{ ...described, name: "sim.state.set", title: "Bring two states about", effect: "converge" },
  output: Type.Object({ value: Type.String() }, closed),
  async run(context, { mark }) {
    await putState(context, mark, "read");
    return { value: await putState(context, `${mark}-2`, "read") };
  },
});

const push = action({
  ...{ ...described, name: "sim.state.push", title: "Bring a state about, unread", effect: "converge" },
  output: Type.Object({ value: Type.String() }, closed),
  run: async (context, { mark }) => ({ value: await putState(context, mark, "repeat") }),
});

const take = action({
  ...{ ...described, name: "sim.name.take", title: "Take a name that is free", effect: "create" },
  output: Type.Object({ id: Type.String() }, closed),
  async run({ rest }, { mark }) {
    return { id: whole(await rest.post({ path: ["names"], body: { mark }, plan, ifUnknown: byMark("names", mark) })).id };
  },
});

const lock = action({
  ...{ ...described, name: "sim.lock.close", title: "Close a lock that is open", effect: "converge" },
  output: Type.Object({ value: Type.String() }, closed),
  async run({ rest }, { mark }) {
    const ifUnknown = byMark("locks", mark, (body) => (body as { value?: unknown }).value === "locked");
    return { value: whole(await rest.post({ path: ["locks", mark], body: { mark }, plan, ifUnknown })).value };
  },
});

const mint = action({
  ...{ ...described, name: "sim.token.mint", title: "Mint a token", effect: "once" },
  output: Type.Object({ token: Type.String() }, closed),
  async run({ rest }, { mark }) {
    return { token: whole(await rest.post({ path: ["tokens"], body: { mark }, plan, ifUnknown: "tell" })).token };
  },
});

/** How many changing calls each action makes, and of which class they are, whatever its definition says. */
export const natureOf: Readonly<Record<string, { readonly effect: EffectClass; readonly changes: number }>> = {
  "sim.thing.look": { effect: "read", changes: 0 },
  "sim.thing.make": { effect: "create", changes: 1 },
  "sim.thing.plant": { effect: "create", changes: 1 },
  "sim.name.take": { effect: "create", changes: 1 },
  "sim.lock.close": { effect: "converge", changes: 1 },
  "sim.state.set": { effect: "converge", changes: 2 },
  "sim.state.push": { effect: "converge", changes: 1 },
  "sim.token.mint": { effect: "once", changes: 1 },
};

/** Actions of all four effect classes over `Org`. */
export const simSpoke: Spoke = {
  name: "sim",
  definitions: [look, make, plant, take, lock, set, push, mint],
  explain: ({ status }) => new LongarmError("target_error", `The target answered ${status}.`),
  probe: { path: ["anything", "probe"] },
};
