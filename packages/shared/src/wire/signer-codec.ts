import type { ErrorBody } from "../errors.ts";
import { wire } from "./generated.ts";
import { present, readBytes, readCount, readError, readText, writeError } from "./reading.ts";
import { readSignedInstallation } from "./trust-codec.ts";
import type { SignedInstallationKeys } from "./trust-messages.ts";

/** Controller → signer. `other`: a word or an answer, which name no call. */
export type SignerAsk =
  | { readonly kind: "hello" }
  | { readonly kind: "calls"; readonly calls: readonly Uint8Array[] }
  | { readonly kind: "other"; readonly purpose: string; readonly message: Uint8Array };

/** Signer → controller. `sealing`: private halves, 32 bytes each. */
export type SignerAnswer =
  | { readonly kind: "keys"; readonly installation: SignedInstallationKeys; readonly sealing: readonly Uint8Array[] }
  | { readonly kind: "signatures"; readonly signatures: readonly Uint8Array[] }
  | { readonly kind: "refused"; readonly error: ErrorBody };

/** A question to the signer as bytes. */
export function encodeSignerAsk(id: number, ask: SignerAsk): Uint8Array {
  if (ask.kind === "hello") return wire.SignerRequest.encode({ id, hello: {} }).finish();
  if (ask.kind === "calls") return wire.SignerRequest.encode({ id, calls: { calls: [...ask.calls] } }).finish();
  return wire.SignerRequest.encode({ id, other: { purpose: ask.purpose, message: ask.message } }).finish();
}

/** Throws for anything that is no question. */
export function decodeSignerAsk(message: Uint8Array): { readonly id: number; readonly ask: SignerAsk } {
  const request = wire.SignerRequest.decode(message);
  const id = readCount(request.id, "id");
  if (request.ask === "hello") return { id, ask: { kind: "hello" } };
  if (request.ask === "calls") return { id, ask: { kind: "calls", calls: request.calls.calls ?? [] } };
  const { purpose, message: signed } = present(request.other, "question");
  return { id, ask: { kind: "other", purpose: readText(purpose, "purpose"), message: signed ?? new Uint8Array() } };
}

/** A signer's answer as bytes. */
export function encodeSignerAnswer(id: number, answer: SignerAnswer): Uint8Array {
  if (answer.kind === "refused") return wire.SignerReply.encode({ id, refused: writeError(answer.error) }).finish();
  if (answer.kind === "signatures") return wire.SignerReply.encode({ id, signatures: { signatures: [...answer.signatures] } }).finish();
  const { installation, sealing } = answer;
  return wire.SignerReply.encode({ id, keys: { installation, sealing: [...sealing] } }).finish();
}

/** Throws for anything that is no answer. */
export function decodeSignerAnswer(message: Uint8Array): { readonly id: number; readonly answer: SignerAnswer } {
  const reply = wire.SignerReply.decode(message);
  const id = readCount(reply.id, "id");
  if (reply.reply === "refused") return { id, answer: { kind: "refused", error: readError(reply.refused) } };
  if (reply.reply === "signatures") return { id, answer: { kind: "signatures", signatures: reply.signatures.signatures ?? [] } };
  const { installation, sealing } = present(reply.keys, "answer");
  const seeds = (sealing ?? []).map((seed) => readBytes(seed, 32, "sealing key"));
  return { id, answer: { kind: "keys", installation: readSignedInstallation(installation), sealing: seeds } };
}
