import type { BucketWord, TargetWord } from "./budget-messages.ts";
import { type longarm, wire } from "./generated.ts";
import { readCount, readName, readMessage } from "./reading.ts";

const mostWhole = 0xffff_ffff;

/** What a controller knows of its targets' limits, as bytes. Measures are rounded to whole milliseconds. */
export function encodeBudgetGossip(targets: readonly TargetWord[]): Uint8Array {
  return wire.BudgetGossip.encode({ targets: targets.map(targetMessage) }).finish();
}

function targetMessage({ target, open, squeeze, buckets }: TargetWord): longarm.v1.TargetBudget.$Properties {
  const told = squeeze && { squeeze: { places: squeeze.places, agoMs: whole(squeeze.agoMs) } };
  return { target, open, ...told, buckets: buckets.map(bucketMessage) };
}

function bucketMessage({ name, pending, window, pausedForMs, interactiveAgoMs }: BucketWord): longarm.v1.BudgetBucket.$Properties {
  const told = window && {
    window: { limit: whole(window.limit), used: whole(window.used), reset: whole(window.reset), leftMs: whole(window.leftMs) },
  };
  return {
    ...{ name, pending, ...told, pausedForMs: whole(pausedForMs) },
    ...(interactiveAgoMs !== null && { interactiveAgoMs: whole(interactiveAgoMs) }),
  };
}

/** Throws `invalid_wire_message` for anything that is none. */
export function decodeBudgetGossip(message: Uint8Array): readonly TargetWord[] {
  return readMessage("budget gossip", message, (bytes) => (wire.BudgetGossip.decode(bytes).targets ?? []).map(readTarget));
}

function readTarget({ target, open, squeeze, buckets }: longarm.v1.TargetBudget.$Properties): TargetWord {
  return {
    target: readName(target, "target"),
    open: readCount(open, "open"),
    squeeze: squeeze ? { places: readCount(squeeze.places, "places", 1), agoMs: readCount(squeeze.agoMs, "agoMs") } : null,
    buckets: (buckets ?? []).map(readBucket),
  };
}

function readBucket({ name, pending, window, pausedForMs, interactiveAgoMs }: longarm.v1.BudgetBucket.$Properties): BucketWord {
  const agoMs = interactiveAgoMs ?? null;
  return {
    name: readName(name, "bucket"),
    pending: readCount(pending, "pending"),
    window: window ? readWindow(window) : null,
    pausedForMs: readCount(pausedForMs, "pausedForMs"),
    interactiveAgoMs: agoMs === null ? null : readCount(agoMs, "interactiveAgoMs"),
  };
}

function readWindow({ limit, used, reset, leftMs }: longarm.v1.BudgetWindow.$Properties) {
  return {
    limit: readCount(limit, "limit", 1),
    used: readCount(used, "used"),
    reset: readCount(reset, "reset"),
    leftMs: readCount(leftMs, "leftMs"),
  };
}

function whole(measure: number): number {
  return Math.min(mostWhole, Math.max(0, Math.round(measure)));
}
