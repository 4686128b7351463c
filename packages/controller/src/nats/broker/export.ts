import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LongarmError, Secret } from "@longarm/shared";
import { createPrivateFile, replacePrivateFile } from "@longarm/shared/seal";
import { type BrokerKeys, loadBrokerKeys, makeBrokerKeys, rotateBrokerKeys, writeBrokerKeys } from "../identities/index.ts";
import { trustConfiguration } from "./configuration.ts";

/** What is written where. */
export interface BrokerExport {
  /** Made, mode 700; it must not hold an export yet. */
  readonly directory: string;
  /** An existing installation's `broker-keys.json`; absent: a new installation's are made. */
  readonly keysFile?: string;
  /** Where the servers will keep what they are told of accounts. */
  readonly accountsDirectory: string;
}

/** The files of an export, by what they are for. */
export interface ExportedBroker {
  readonly readme: string;
  readonly serverConfiguration: string;
  readonly keys: string;
  /** Only of an installation that was made just now. */
  readonly root?: string;
}

/**
 * Writes what a cluster of one's own needs to serve Longarm, and what the controllers need to use it. Throws `already_exists` when there
 * is an export in the directory, and what `loadBrokerKeys` throws.
 */
export async function exportBroker({ directory, keysFile, accountsDirectory }: BrokerExport): Promise<ExportedBroker> {
  const place = resolve(directory);
  const made = keysFile === undefined ? await makeBrokerKeys() : undefined;
  const keys = made?.keys ?? loadBrokerKeys(keysFile ?? "");
  const files = {
    serverConfiguration: join(place, "servers", "longarm.conf"),
    keys: join(place, "controllers", "broker-keys.json"),
    readme: join(place, "README.txt"),
  };
  createPrivateFile(files.serverConfiguration, serverConfiguration(keys, accountsDirectory));
  createPrivateFile(files.keys, writeBrokerKeys(keys));
  createPrivateFile(files.readme, readme);
  if (!made) return files;
  const root = join(place, "offline", "broker-root.nk");
  createPrivateFile(root, `${made.root.reveal()}\n`);
  return { ...files, root };
}

function serverConfiguration(keys: BrokerKeys, accountsDirectory: string): string {
  return `# Public keys alone. Include it in the configuration of every server: include "longarm.conf"\n${trustConfiguration(keys, accountsDirectory)}\n`;
}

/** What `rotateKeysFile` is told. */
export interface KeysRotation {
  readonly keysFile: string;
  readonly rootFile?: string;
  readonly dropOld: boolean;
}

/** Replaces the keys in the file, whole or not at all. Throws what `loadBrokerKeys` and `rotateBrokerKeys` throw. */
export async function rotateKeysFile({ keysFile, rootFile, dropOld }: KeysRotation): Promise<{ readonly operator: boolean }> {
  const keys = loadBrokerKeys(keysFile);
  const root = rootFile === undefined ? undefined : readRoot(rootFile);
  const rotated = await rotateBrokerKeys(keys, { dropOld, ...(root && { root }) });
  replacePrivateFile(keysFile, writeBrokerKeys(rotated));
  return { operator: root !== undefined };
}

function readRoot(file: string): Secret {
  if (!existsSync(file)) throw new LongarmError("key_ring_missing", `There is no operator's root key at ${file}.`);
  const text = readFileSync(file, "utf8").trim();
  if (/^SO[A-Z2-7]{56}$/.test(text)) return new Secret(text);
  throw new LongarmError("key_ring_missing", `${file} holds no operator's root key.`);
}

const readme = `Longarm on NATS servers of your own
===================================

servers/longarm.conf          public keys only: the operator, the accounts SYS, CONTROL and FIELD
controllers/broker-keys.json  secret: what controllers make their users and the agents' with; the same file on each of them, mode 600
offline/broker-root.nk        secret, of a new installation: replaces the operator's signing key; keep it apart, nothing needs it day by day

1. On every server put servers/longarm.conf beside nats-server.conf, and into nats-server.conf:

     include "longarm.conf"
     jetstream {
       store_dir: "/var/lib/nats"
       sync_interval: always
     }

   A server must not name another operator, authorization block or resolver. The resolver's directory must be the server's own and
   writable. Between machines add tls, and cluster { name, listen, routes } for more than one server.
2. Start the servers (2.12.7 or newer).
3. On every controller:

     broker:
       kind: external
       urls: ["tls://nats-1.example.com:4222"]
       keys: /etc/longarm/broker-keys.json
       replicas: 3

   Several controllers share the key ring (keyRing) and trust.json beside it, too: copy both from the first before the others start.
4. Agents join with the command that "longarm agents token" prints; it names the addresses in "urls".

New keys: "longarm broker rotate-keys --keys broker-keys.json", then "longarm broker export --keys broker-keys.json --out NEW", put the new
longarm.conf on every server and restart them one by one, then the controllers with the new broker-keys.json.
`;
