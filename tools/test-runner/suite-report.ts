/** The beginning of the last line that a test file prints; a `SuiteReport` as JSON follows. */
export const closingLinePrefix = "#longarm-tests ";

/** What a test file says about itself when it ends. `faults` are what is wrong with the file as a whole. */
export interface SuiteReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly faults: readonly string[];
}
