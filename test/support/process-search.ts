import { commandLineOf, type ProcessEntry, readProcessTable } from "../../tools/test-runner/process-table.ts";

/** The living processes whose command line holds `text`; command lines are cut after 200 characters. */
export function processesWith(text: string): readonly ProcessEntry[] {
  return readProcessTable().filter(({ pid }) => commandLineOf(pid).includes(text));
}
