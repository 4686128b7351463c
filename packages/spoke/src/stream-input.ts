import Type from "typebox";

/** The members that the input of every stream has. A larger `pageSize` than the endpoint allows is clamped, never an error. */
export const streamMembers = {
  maxItems: Type.Optional(Type.Integer({ minimum: 1, description: "How many items to deliver at most; absent: all." })),
  pageSize: Type.Optional(
    Type.Integer({ minimum: 1, description: "How many items to ask for at a time; clamped to what the endpoint allows." }),
  ),
};

/** The page size to ask the target for: what was wished, at most what the endpoint allows, and no more than are wanted at all. */
export function pageSizeOf(
  input: { readonly maxItems?: number; readonly pageSize?: number },
  limits: { readonly usual: number; readonly max: number },
): number {
  return Math.min(input.pageSize ?? limits.usual, limits.max, input.maxItems ?? limits.max);
}
