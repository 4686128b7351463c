import type { Progress } from "../api/types.ts";
import { counted } from "./counted.ts";
import { shownMs } from "./times.ts";

/** The pace of a run and how long it will go on, as far as either is known: `3,412 a second, 2m left`. */
export function shownPace({ itemsPerSecond, endsInMs }: Pick<Progress, "itemsPerSecond" | "endsInMs">): string {
  const pace = itemsPerSecond === null ? [] : [`${paceNumber(itemsPerSecond)} a second`];
  return [...pace, ...(endsInMs === null ? [] : [`${shownMs(endsInMs)} left`])].join(", ");
}

/** How far a run has come, all that is known of it. */
export function shownProgress(progress: Progress): string {
  const { items, pages, expectedItems, budgetWaitMs } = progress;
  const of = expectedItems === null ? "" : ` of ${expectedItems.toLocaleString("en")}`;
  const waited = budgetWaitMs > 0 ? `waited ${shownMs(budgetWaitMs)} for the rate limits` : "";
  return [`${items.toLocaleString("en")}${of} in ${counted(pages, "page")}`, shownPace(progress), waited].filter(Boolean).join(", ");
}

function paceNumber(perSecond: number): string {
  return perSecond < 10 ? String(perSecond) : Math.round(perSecond).toLocaleString("en");
}
