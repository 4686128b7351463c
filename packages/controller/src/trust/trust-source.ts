import type { InstallationTrust } from "../ports/installation-trust.ts";
import { createTrust, loadTrust } from "./trust-file.ts";
import { embeddedTrust } from "./trust-keys.ts";

/** Where an installation's trust comes from: the keys in `file`, all of them in this process. */
export function trustSource({ file }: { readonly file: string }): {
  readonly where: string;
  readonly open: () => Promise<InstallationTrust | undefined>;
  readonly make: () => Promise<InstallationTrust>;
} {
  const open = async (): Promise<InstallationTrust | undefined> => {
    const seeds = loadTrust(file);
    return seeds && embeddedTrust(seeds);
  };
  return { where: file, open, make: async () => embeddedTrust(createTrust(file)) };
}
