const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof unitMs;

const whole = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/** `"10m"`, `"1h30m"`, `"500ms"`, `"1.5s"` as milliseconds; anything else, or more than ten years, is undefined. */
export function readDuration(text: string): number | undefined {
  if (text.length > 40 || !whole.test(text)) return undefined;
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(part)) ms += Number(amount) * unitMs[unit as Unit];
  return ms <= 3_660 * unitMs.d ? Math.round(ms) : undefined;
}

/** Milliseconds in the form that `readDuration` reads: `90_000` → `"1m30s"`. */
export function formatDuration(ms: number): string {
  let rest = Math.round(ms);
  let text = "";
  for (const unit of ["d", "h", "m", "s", "ms"] as const) {
    const count = Math.floor(rest / unitMs[unit]);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * unitMs[unit];
  }
  return text === "" ? "0s" : text;
}
