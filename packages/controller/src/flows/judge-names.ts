import type { Catalogue } from "@longarm/spoke";
import type { FileFault, FlowFacts } from "./messages.ts";

/** Whose name is taken: by a spoke, which owns all that begins with its own, or by another flow in the same version. */
export function nameFaults(flows: readonly FlowFacts[], catalogue: Catalogue): readonly FileFault[] {
  const seen = new Map<string, string>();
  return flows.flatMap(({ name, version, file }) => {
    const spoke = catalogue.spokes().find((each) => name.startsWith(`${each.name}.`));
    if (spoke) {
      const own = name.replace(spoke.name, "acme");
      return [{ file, problem: `${name}: names that begin with "${spoke.name}." belong to the spoke; begin it otherwise, such as ${own}` }];
    }
    const key = `${name} ${version}`;
    const other = seen.get(key);
    seen.set(key, other ?? file);
    if (other === undefined) return [];
    const problem = `${name} is there in version ${version} already, in ${other}; raise the version of one of them, or give it another name`;
    return [{ file, problem }];
  });
}
