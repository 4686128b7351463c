import { secretKeyword } from "@longarm/shared";
import { type AnyDefinition, type AnyFlow, type Catalogue, action, createCatalogue, flow, stream } from "@longarm/spoke";
import { Type } from "typebox";

function closed<P extends Parameters<typeof Type.Object>[0]>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

const common = { category: "User management", docs: "https://developer.okta.com/docs/api/", version: 1 } as const;

const getUser = action({
  ...common,
  name: "okta.user.get",
  title: "Lookup User Account Details by User ID",
  summary: "Reads a user's account details.",
  input: closed({ user: Type.String({ description: "Id, login or short name." }) }),
  output: closed({ id: Type.String(), status: Type.String() }),
  scopes: ["okta.users.read"],
  effect: "read",
  destructive: false,
  examples: [{ title: "By login", input: { user: "ada@example.com" } }],
  run: async () => ({ id: "00u1", status: "ACTIVE" }),
});

const createUser = action({
  ...common,
  name: "okta.user.create",
  title: "Create User",
  summary: "Creates a user.",
  input: closed({
    profile: closed({ login: Type.String(), email: Type.Optional(Type.String()) }),
    password: Type.Optional(Type.String({ [secretKeyword]: true })),
    activate: Type.Optional(Type.Boolean({ default: true })),
    ifExists: Type.Optional(Type.Enum(["fail", "return"], { default: "fail" })),
  }),
  output: closed({ id: Type.String() }),
  scopes: ["okta.users.manage"],
  effect: "create",
  destructive: false,
  examples: [{ title: "It's with an apostrophe", input: { profile: { login: "o'neil@example.com" } } }],
  run: async () => ({ id: "00u2" }),
});

const streamUsers = stream({
  ...common,
  name: "okta.user.stream",
  title: "Look up Users Stream",
  summary: "Yields users.",
  input: closed({ maxItems: Type.Optional(Type.Integer({ minimum: 1 })), pageSize: Type.Optional(Type.Integer({ minimum: 1 })) }),
  item: closed({ id: Type.String() }),
  scopes: ["okta.users.read"],
  examples: [{ title: "All", input: {} }],
  start: () => ({ method: "GET", path: ["api", "v1", "users"] }),
  page: (response) => ({ items: response.body as { id: string }[] }),
  identify: ({ id }) => id,
  limit: ({ maxItems }) => maxItems,
});

/** Three definitions of the house's form, enough to show a catalogue. */
export const scriptedDefinitions: readonly AnyDefinition[] = [getUser, createUser, streamUsers];

/** A flow of the house's form. */
export const scriptedFlow: AnyFlow = flow({
  name: "okta.flow.greet",
  title: "Greet",
  summary: "Greets a user.",
  version: 1,
  input: closed({ user: Type.String() }),
  output: closed({ greeted: Type.Boolean() }),
  run: async () => ({ greeted: true }),
});

/** What a scripted controller can do. */
export const scriptedCatalogue: Pick<Catalogue, "get" | "list" | "spokes" | "flows" | "runnable" | "checkInput"> = {
  get: (name) => scriptedDefinitions.find((one) => one.name === name),
  list: () => scriptedDefinitions,
  spokes: () => [],
  flows: () => [scriptedFlow],
  runnable: (name) => [...scriptedDefinitions, scriptedFlow].find((one) => one.name === name),
  checkInput: createCatalogue([]).checkInput,
};
