import Type, { type Static } from "typebox";
import { closed } from "../../schemas.ts";

/** A value that an input may take, and how it is shown. */
export const choiceSchema = closed({ label: Type.String(), value: Type.Union([Type.String(), Type.Number()]) });

export type Choice = Static<typeof choiceSchema>;

/** That a list of choices is not whole. */
export const truncatedSchema = Type.Boolean({ description: "The org has more than are given; narrow them down." });
