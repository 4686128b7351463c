import { isDeepStrictEqual } from "node:util";
import { sealedMarker } from "@longarm/shared";
import type { Change, PlannedCall, WritePlan } from "@longarm/spoke";

type Fields = Readonly<Record<string, unknown>>;

/** A plan of one change of one value. */
export function change(object: string, pointer: string, values: { readonly from: unknown; readonly to: unknown }): WritePlan {
  return { changes: [{ object, pointer, ...values }] };
}

/** A plan to replace something that nobody can read, such as a password. */
export function changeUnseen(object: string, pointer: string): WritePlan {
  return change(object, pointer, { from: sealedMarker, to: sealedMarker });
}

/** A plan to make an object, with all that it shall hold. */
export function make(object: string, content: Fields, followedBy: readonly PlannedCall[] = []): WritePlan {
  return { changes: [{ object, pointer: "", from: null, to: content }], followedBy };
}

/** A plan to bring these fields of an object to what is wanted; null clears. Fields that hold it already are left out. */
export function changeFields(object: string, at: string, of: { readonly before: Fields; readonly wanted: Fields }): WritePlan {
  const changes = Object.entries(of.wanted).flatMap(([name, to]): Change[] => {
    const from = of.before[name] ?? null;
    return isDeepStrictEqual(from, to) ? [] : [{ object, pointer: `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, from, to }];
  });
  return { changes };
}
