import type { Run } from "../api/types.ts";
import type { Shell } from "../shell.ts";
import { plainLine } from "./plain.ts";

/** The output of a dry run, as far as it is printed. */
interface Plan {
  readonly calls: readonly {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  }[];
  readonly difference: readonly { readonly object: string; readonly pointer: string; readonly from: unknown; readonly to: unknown }[];
  readonly output: unknown;
}

/** What a dry run found, for people: the calls in order, then what would be other than it is. */
export function shownPlan(run: Run, shell: Pick<Shell, "look">): string {
  const { calls, difference, output } = run.output as Plan;
  if (calls.length === 0) return `${run.action} would change nothing. It gives:\n${JSON.stringify(output, null, 2)}\n`;
  const head = `${run.action} would send ${calls.length === 1 ? "one call" : `${calls.length} calls`}; nothing was changed.\n`;
  const sent = calls.map((call, at) => callText(call, at + 1)).join("");
  if (difference.length === 0) return `${head}${sent}What would be other afterwards cannot be told beforehand.\n`;
  const changes = difference.map(({ object, pointer, from, to }) => {
    const place = plainLine(pointer === "" ? object : `${object} ${pointer}`);
    return `  ${place}\n    ${shell.look("red", `- ${valueText(from)}`)}\n    ${shell.look("green", `+ ${valueText(to)}`)}\n`;
  });
  return `${head}${sent}Difference from the org's state:\n${changes.join("")}`;
}

function callText({ method, path, query = {}, body }: Plan["calls"][number], number: number): string {
  const search = new URLSearchParams(query).toString();
  const line = `  #${number} ${plainLine(`${method} ${path}${search && `?${search}`}`)}\n`;
  return body === undefined ? line : `${line}     ${valueText(body)}\n`;
}

function valueText(value: unknown): string {
  return value === null ? "(nothing)" : plainLine(JSON.stringify(value));
}
