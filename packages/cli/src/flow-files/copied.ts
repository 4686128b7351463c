import type { FlowName } from "./flow-name.ts";

/** The file of a spoke's flow, as the API gives it. */
export interface FlowSource {
  readonly name: string;
  readonly version: number;
  readonly source: string;
}

/** The file of a spoke's flow under a name of one's own; flows that stand beside it in the file get names of the same owner. */
export function copied({ name, version, source }: FlowSource, own: FlowName): string {
  const prefix = own.name.slice(0, own.name.lastIndexOf(".") + 1);
  const named = source.replaceAll(/^( {2}name: )"([\w.]+)",$/gm, (_line, start: string, found: string) => {
    const renamed = found === name ? own.name : prefix + (found.split(".").at(-1) ?? "");
    return `${start}"${renamed}",`;
  });
  return `// Copied from ${name}, version ${version}, to be changed.\n${named.replaceAll(/^ {2}version: \d+,$/gm, "  version: 1,")}`;
}
