import type { ActionResponse } from "@longarm/spoke";
import { membersOf } from "./schemas.ts";

/** Is this the answer to a change that gives the object as it now is? */
export function isObject({ body }: ActionResponse): boolean {
  return typeof membersOf(body)["id"] === "string";
}

/** Is this an answer that has a text under this name? */
export function hasText(name: string): (answer: ActionResponse) => boolean {
  return ({ body }) => typeof membersOf(body)[name] === "string";
}
