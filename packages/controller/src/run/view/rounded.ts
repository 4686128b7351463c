/** A measured time as people see it: to a tenth of a millisecond. What a clock adds behind that says nothing. */
export function roundedMs(ms: number): number {
  return Math.round(ms * 10) / 10;
}
