import { formatDuration, type RunWishes } from "@longarm/shared";
import { Type, type Static, type TObject } from "typebox";
import { duration, FormReader } from "./form-reader.ts";
import { readRetry, RetryForm, viewWish } from "./retry-form.ts";

/** The members of a submission that say on which terms it is carried. */
export const termsMembers = {
  retry: Type.Optional({ ...RetryForm, description: "When its calls are tried again; each member goes before the connection's." }),
  concurrencyKey: Type.Optional(
    Type.String({ minLength: 1, maxLength: 256, description: "Runs of one connection with the same key hold each other back." }),
  ),
  concurrencyLimit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: "How many runs may hold the key; as the connection says unless told, else 1.",
    }),
  ),
  startWithin: Type.Optional(duration("How long it may wait for its start")),
  runWithin: Type.Optional(duration("How long it may take from its start to its end")),
};

type TermsForm = Static<TObject<typeof termsMembers>>;

/** Terms in the form in which they are written. */
export function viewTerms({ retry, concurrencyKey, concurrencyLimit, startWithinMs, runWithinMs }: RunWishes): TermsForm {
  return {
    ...(retry && { retry: viewWish(retry) }),
    ...(concurrencyKey !== undefined && { concurrencyKey }),
    ...(concurrencyLimit !== undefined && { concurrencyLimit }),
    ...(startWithinMs !== undefined && { startWithin: formatDuration(startWithinMs) }),
    ...(runWithinMs !== undefined && { runWithin: formatDuration(runWithinMs) }),
  };
}

/** The terms that a body states; absent when it states none. Throws `invalid_request` with every fault at once. */
export function readTerms(body: TermsForm): { readonly terms?: RunWishes } {
  const reader = new FormReader();
  const terms = gatherTerms(reader, "", body);
  reader.refuseFaults("The request");
  return terms;
}

/** The same of a form that stands at `at`; its faults go to the reader. */
export function gatherTerms(reader: FormReader, at: string, body: TermsForm): { readonly terms?: RunWishes } {
  const { retry, startWithin, runWithin, concurrencyKey, concurrencyLimit } = body;
  if (concurrencyLimit !== undefined && concurrencyKey === undefined)
    reader.fault(`${at}/concurrencyLimit`, "has a meaning only beside `concurrencyKey`");
  const terms: RunWishes = {
    ...(retry !== undefined && { retry: readRetry(reader, `${at}/retry`, retry) }),
    ...(concurrencyKey !== undefined && { concurrencyKey }),
    ...(concurrencyLimit !== undefined && { concurrencyLimit }),
    ...(startWithin !== undefined && { startWithinMs: reader.span(`${at}/startWithin`, startWithin) }),
    ...(runWithin !== undefined && { runWithinMs: reader.span(`${at}/runWithin`, runWithin) }),
  };
  return Object.keys(terms).length > 0 ? { terms } : {};
}
