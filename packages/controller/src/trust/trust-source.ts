import type { Logger } from "@longarm/shared/logger";
import type { InstallationTrust } from "../ports/installation-trust.ts";
import { FileTrust } from "./file-trust.ts";
import { SignerClient } from "./signer-client.ts";
import { createTrust, loadTrust } from "./trust-file.ts";
import type { TrustSeeds } from "./trust-keys.ts";

/** Where an installation's trust comes from. */
export interface TrustSource {
  /** For people. */
  readonly where: string;
  readonly open: () => Promise<InstallationTrust | undefined>;
  readonly make: () => Promise<InstallationTrust>;
}

/** The keys in `file`, all of them in this process; or those of the signer behind a socket, which keeps the signing key to itself. */
export function trustSource({
  file,
  signer,
  logger,
}: {
  readonly file: string;
  readonly logger: Logger;
  readonly signer?: { readonly socket: string } | undefined;
}): TrustSource {
  if (signer) {
    const open = (): Promise<InstallationTrust> => SignerClient.open(signer.socket);
    return { where: `the signer at ${signer.socket}`, open, make: open };
  }
  const follow = (seeds: TrustSeeds): InstallationTrust => new FileTrust(file, { seeds, logger });
  const open = async (): Promise<InstallationTrust | undefined> => {
    const seeds = loadTrust(file);
    return seeds && follow(seeds);
  };
  return { where: file, open, make: async () => follow(createTrust(file)) };
}
