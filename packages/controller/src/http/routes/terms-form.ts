import type { RunWishes } from "@longarm/shared";
import { Type, type Static, type TObject } from "typebox";
import { duration, FormReader } from "./form-reader.ts";
import { readRetry, RetryForm } from "./retry-form.ts";

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

/** The terms that a body states; absent when it states none. Throws `invalid_request` with every fault at once. */
export function readTerms(body: TermsForm): { readonly terms?: RunWishes } {
  const reader = new FormReader();
  const { retry, startWithin, runWithin, concurrencyKey, concurrencyLimit } = body;
  if (concurrencyLimit !== undefined && concurrencyKey === undefined)
    reader.fault("/concurrencyLimit", "has a meaning only beside `concurrencyKey`");
  const terms: RunWishes = {
    ...(retry !== undefined && { retry: readRetry(reader, "/retry", retry) }),
    ...(concurrencyKey !== undefined && { concurrencyKey }),
    ...(concurrencyLimit !== undefined && { concurrencyLimit }),
    ...(startWithin !== undefined && { startWithinMs: reader.span("/startWithin", startWithin) }),
    ...(runWithin !== undefined && { runWithinMs: reader.span("/runWithin", runWithin) }),
  };
  reader.refuseFaults("The request");
  return Object.keys(terms).length > 0 ? { terms } : {};
}
