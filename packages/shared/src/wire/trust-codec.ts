import { type longarm, wire } from "./generated.ts";
import { present, readBytes, readCount, readMessage } from "./reading.ts";
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
      root: readBytes(keys.root, keyBytes, "root key"),
      serial: readCount(keys.serial, "serial"),
      signing: readKeys(keys.signing, "signing key"),
      sealing: readKeys(keys.sealing, "sealing key"),
    };
  });
}

/** An installation's keys with their signature, as bytes. */
export function encodeSignedInstallation(signed: SignedInstallationKeys): Uint8Array {
  return wire.SignedInstallationKeys.encode(signed).finish();
}

/** Throws `invalid_wire_message` for anything that is none; whether the signature is right is for the reader to see. */
export function decodeSignedInstallation(message: Uint8Array): SignedInstallationKeys {
  return readMessage("installation's keys", message, (bytes) => readSignedInstallation(wire.SignedInstallationKeys.decode(bytes)));
}

export function readSignedInstallation(value: longarm.v1.SignedInstallationKeys.$Properties | null | undefined): SignedInstallationKeys {
  const signed = present(value, "installation's keys");
  return { keys: present(signed.keys, "installation's keys"), signature: present(signed.signature, "signature") };
}

export function readAgentKeys(value: longarm.v1.AgentKeys.$Properties | null | undefined): AgentKeys {
  const { identity, signing, sealing } = present(value, "agent's keys");
  return {
    identity: readBytes(identity, keyBytes, "identity key"),
    signing: readBytes(signing, keyBytes, "signing key"),
    sealing: readBytes(sealing, keyBytes, "sealing key"),
  };
}

function readKeys(keys: readonly Uint8Array[], member: string): readonly Uint8Array[] {
  if (keys.length === 0 || keys.length > mostKeys) throw new TypeError(`${keys.length} ${member}s are there, not 1 to ${mostKeys}`);
  return keys.map((key) => readBytes(key, keyBytes, member));
}
