import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { LongarmError } from "@longarm/shared";
import {
  createKeyRingFile,
  describeKeyRingFile,
  describeKeys,
  dropFromKeyRingFile,
  loadKeyRing,
  parseKeyRing,
  rotateKeyRingFile,
  toKeyRing,
} from "@longarm/shared/seal";
import type { KeyRingSource } from "../ports/key-ring-source.ts";

/** How a configuration says where the ring is: a file's path, a variable's name, or a command and its arguments. */
export type KeyRingPlace = string | { readonly env: string } | { readonly command: readonly string[] };

const commandTimeoutMs = 15_000;

function fromFile(file: string): KeyRingSource {
  const now = (): Date => new Date();
  return {
    where: file,
    exists: () => existsSync(file),
    load: () => loadKeyRing(file),
    describe: () => describeKeyRingFile(file),
    change: {
      create: () => createKeyRingFile(file),
      rotate: ({ activate }) => rotateKeyRingFile(file, { activate, now: now() }),
      drop: (id) => dropFromKeyRingFile(file, id),
    },
  };
}

function fromText(where: string, read: () => string): KeyRingSource {
  const content = () => parseKeyRing(where, read());
  return { where, exists: () => true, load: () => toKeyRing(content()), describe: () => describeKeys(content()) };
}

function runCommand([program = "", ...words]: readonly string[]): string {
  try {
    return execFileSync(program, words, { encoding: "utf8", timeout: commandTimeoutMs, stdio: ["ignore", "pipe", "ignore"], shell: false });
  } catch (reason) {
    // Its output and the error that quotes it may be the ring itself.
    const { code, status } = reason as { readonly code?: string; readonly status?: number | null };
    throw new LongarmError("key_ring_missing", `The command ${program} gave no key ring (${code ?? `exit ${status ?? "unknown"}`}).`);
  }
}

/** The ring at a place. */
export function keyRingSource(place: KeyRingPlace, environment: Readonly<Record<string, string | undefined>>): KeyRingSource {
  if (typeof place === "string") return fromFile(place);
  if ("command" in place) return fromText(`the command ${place.command[0]}`, () => runCommand(place.command));
  const where = `the variable ${place.env}`;
  return fromText(where, () => {
    const text = environment[place.env];
    if (text) return text;
    throw new LongarmError("key_ring_missing", `There is no key ring: ${where} is not set.`);
  });
}
