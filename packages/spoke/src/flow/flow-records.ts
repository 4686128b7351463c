import type { FlowRecords } from "./flow-context.ts";

/** Takes one step with records; resolves to what it came to. */
export type TakeRecordStep = (name: keyof FlowRecords, input: object) => Promise<unknown>;

/** The records that a flow sees: `nowMs` tells the time of its last step. */
export function flowRecords(take: TakeRecordStep, nowMs: () => number): FlowRecords {
  return {
    upsert: (kind, objects, { seenAt = nowMs(), source = "flow" } = {}) =>
      take("upsert", { kind, objects: [objects].flat(), seenAt, source }) as ReturnType<FlowRecords["upsert"]>,
    async markDeleted(kind, id, { goneAt = nowMs() } = {}) {
      return ((await take("markDeleted", { kind, id, goneAt })) as { readonly marked: boolean }).marked;
    },
    async markMissing(kind, of) {
      return ((await take("markMissing", { kind, ...of })) as { readonly marked: number }).marked;
    },
    mark: (kind) => take("mark", { kind }) as ReturnType<FlowRecords["mark"]>,
    async moveMark(kind, to) {
      await take("moveMark", { kind, ...to });
    },
  };
}
