import { action, type ActionRest, invalidInput } from "@longarm/spoke";
import Type from "typebox";
import { appInput, appNotFound } from "../../apps.ts";
import { docsOf } from "../../docs-link.ts";
import { accept } from "../../errors.ts";
import { acceptOrAbsent } from "../../identity.ts";
import { nextQuery } from "../../paging.ts";
import { closed, membersOf, nullable, readList } from "../../schemas.ts";
import { type Choice, choiceSchema } from "./choice.ts";
import { fieldSchema, readFields } from "./field.ts";

const name = "okta.metadata.apps";
const perAnswer = 100;

/**
 * Row "Look up Applications Metadata": what an input that takes an application can be, a hundred an answer, without an end short of
 * the last; or which fields a user has in one application.
 */
export const appChoices = action({
  name,
  title: "Look up Applications Metadata",
  summary: "Lists the org's applications as choices for an input, 100 an answer, or the fields that a user has in one.",
  category: "Metadata",
  docs: docsOf("Application", "listApplications"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.apps.read", "okta.schemas.read"],
  input: closed({
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "The beginning of an application's name or label." })),
    next: Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description: "The `next` of the answer before." })),
    app: Type.Optional(appInput),
  }),
  output: closed({
    choices: nullable(Type.Array(choiceSchema)),
    fields: nullable(Type.Array(fieldSchema)),
    next: nullable(Type.String({ description: "Give it back for the choices that follow; null when these are the last." })),
  }),
  examples: [
    { title: "By the beginning of a label", input: { q: "Sales" } },
    { title: "Fields", input: { app: "0oaqQqYK1r4RI50tJT5S" } },
  ],
  async run({ rest }, { q, next, app }) {
    if (app !== undefined) return { choices: null, fields: await fieldsOf(rest, { app, q, next }), next: null };
    const response = accept(await rest.get({ path: ["api", "v1", "apps"], query: { q, limit: perAnswer, after: next } }));
    const following = nextQuery(response.headers["link"])?.["after"] ?? null;
    // A cursor that came before would lead round in a circle.
    return { choices: readList(response.body).flatMap(choiceOf), fields: null, next: following === next ? null : following };
  },
});

async function fieldsOf(rest: ActionRest, of: { readonly app: string; readonly q: string | undefined; readonly next: string | undefined }) {
  if (of.q !== undefined || of.next !== undefined)
    throw invalidInput(name, [{ in: "input", pointer: "/app", problem: "asks for fields, so it is only allowed without q and next" }]);
  const response = acceptOrAbsent(await rest.get({ path: ["api", "v1", "meta", "schemas", "apps", of.app, "default"] }));
  if (response) return readFields(response.body);
  throw appNotFound(of.app);
}

function choiceOf(item: unknown): readonly Choice[] {
  const { id, label, name: kind } = membersOf(item);
  if (typeof id !== "string") return [];
  return [{ label: typeof label === "string" ? label : typeof kind === "string" ? kind : id, value: id }];
}
