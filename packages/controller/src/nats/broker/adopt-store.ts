import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { BrokerKeys } from "../identities/index.ts";
import { brokerFiles } from "./configuration.ts";

/**
 * Gives account CONTROL what an embedded broker of before stored for it: a server keeps an account's streams under its name, and that was
 * `CONTROL` while users had passwords, and is the account's key now. Nothing is moved where there is something already.
 */
export function adoptStore(directory: string, { accounts }: BrokerKeys): void {
  const streams = join(brokerFiles(directory).store, "jetstream");
  const [before, now] = [join(streams, "CONTROL"), join(streams, accounts.control.id)];
  if (existsSync(before) && !existsSync(now)) renameSync(before, now);
}
