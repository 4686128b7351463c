import { type longarm, wire } from "./generated.ts";
import { present, readCount, readMessage } from "./reading.ts";
import type { AgentKeys, InstallationKeys, SignedInstallationKeys } from "./trust-messages.ts";

const keyBytes = 32;
const mostKeys = 16;

/** An installation's keys as the bytes that its root signs. */
export function encodeInstallationKeys({ root, serial, signing, sealing }: InstallationKeys): Uint8Array {
  return wire.InstallationKeys.encode({ root, serial, signing: [...signing], sealing: [...sealing] }).finish();
}

/** Throws `invalid_wire_message` for anything that holds no keys to use. */
export function decodeInstallationKeys(message: Uint8Array): InstallationKeys {
  return readMessage("installation's keys", message, (bytes) => {
    const keys = wire.InstallationKeys.decode(bytes);
    return {
      root: readKey(keys.root, "root key"),
      serial: readCount(keys.serial, "serial"),
      signing: readKeys(keys.signing, "signing key"),
      sealing: readKeys(keys.sealing, "sealing key"),
    };
  });
}

export function readSignedInstallation(value: longarm.v1.SignedInstallationKeys.$Properties | null | undefined): SignedInstallationKeys {
  const signed = present(value, "installation's keys");
  return { keys: present(signed.keys, "installation's keys"), signature: present(signed.signature, "signature") };
}

export function readAgentKeys(value: longarm.v1.AgentKeys.$Properties | null | undefined): AgentKeys {
  const { identity, signing, sealing } = present(value, "agent's keys");
  return {
    identity: readKey(identity, "identity key"),
    signing: readKey(signing, "signing key"),
    sealing: readKey(sealing, "sealing key"),
  };
}

function readKeys(keys: readonly Uint8Array[], member: string): readonly Uint8Array[] {
  if (keys.length === 0 || keys.length > mostKeys) throw new TypeError(`${keys.length} ${member}s are there, not 1 to ${mostKeys}`);
  return keys.map((key) => readKey(key, member));
}

function readKey(key: Uint8Array | null | undefined, member: string): Uint8Array {
  if (key?.length === keyBytes) return key;
  throw new TypeError(`${member} is not ${keyBytes} bytes long`);
}
