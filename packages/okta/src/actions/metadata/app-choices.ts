import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { accept } from "../../errors.ts";
import { nextQuery } from "../../paging.ts";
import { closed, membersOf, nullable, readList } from "../../schemas.ts";
import { type Choice, choiceSchema } from "./choice.ts";

const perAnswer = 100;

/** Row "Look up Applications Metadata": what an input that takes an application can be, a hundred an answer, without an end short of the last. */
export const appChoices = action({
  name: "okta.metadata.apps",
  title: "Look up Applications Metadata",
  summary: "Lists the org's applications as choices for an input, 100 an answer.",
  category: "Metadata",
  docs: docsOf("Application", "listApplications"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.apps.read"],
  input: closed({
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "The beginning of an application's name or label." })),
    next: Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description: "The `next` of the answer before." })),
  }),
  output: closed({
    choices: Type.Array(choiceSchema),
    next: nullable(Type.String({ description: "Give it back for the choices that follow; null when these are the last." })),
  }),
  examples: [{ title: "By the beginning of a label", input: { q: "Sales" } }],
  async run({ rest }, { q, next }) {
    const response = accept(await rest.get({ path: ["api", "v1", "apps"], query: { q, limit: perAnswer, after: next } }));
    const following = nextQuery(response.headers["link"])?.["after"] ?? null;
    // A cursor that came before would lead round in a circle.
    return { choices: readList(response.body).flatMap(choiceOf), next: following === next ? null : following };
  },
});

function choiceOf(item: unknown): readonly Choice[] {
  const { id, label, name } = membersOf(item);
  if (typeof id !== "string") return [];
  return [{ label: typeof label === "string" ? label : typeof name === "string" ? name : id, value: id }];
}
