import { createHash, createSecretKey, hash, type KeyObject } from "node:crypto";
import { decrypt, encryptInto, nonceBytes, tagBytes } from "./aead.ts";

/*
 * What follows a call in both directions, under the key that came with it:
 *
 *   frame    form (1) · channel (4) · counter (4) · AES-256-GCM of [ 0 (2) · frame, or its length (2) · signature · frame ] · tag
 *   control  form (1) · line (8) · counter (4) · AES-256-GCM of control · tag (16)
 *
 * The head is associated data. A nonce is the direction and the counter, and the key is of this one call, so none comes twice. A frame
 * that closes the call is signed by the agent over the whole line: the call's exact bytes and every frame since, in their order.
 */
const form = 1;
const channelAt = 1;
const lineBytes = 8;
const frameTextAt = 9;
const controlTextAt = 1 + lineBytes + 4;
const toController = 1;
const toAgent = 2;
const lengthBytes = 2;
const none = new Uint8Array();
const highestCounter = 0xffff_ffff;

/** At once, or later. */
type Soon<T> = T | Promise<T>;

/** How many bytes the key has that comes with a call. */
export const replyKeyBytes = 32;

function nonceOf(direction: number, counter: number): Uint8Array {
  const nonce = Buffer.alloc(nonceBytes);
  nonce[0] = direction;
  nonce.writeUInt32BE(counter, nonceBytes - 4);
  return nonce;
}

/** All that a call's line has carried to the controller so far: what its end is signed over. */
class Transcript {
  readonly #hash = createHash("sha256");
  readonly #length = Buffer.alloc(4);

  constructor(callHash: Uint8Array) {
    this.#hash.update(callHash);
  }

  add(frame: Uint8Array): void {
    this.#length.writeUInt32BE(frame.length);
    this.#hash.update(this.#length).update(frame);
  }

  digest(): Uint8Array {
    return this.#hash.copy().digest();
  }
}

/** What both ends of a line share. */
class LineEnd {
  readonly key: KeyObject;
  readonly transcript: Transcript;
  /** What controls name the line by. */
  readonly line: string;
  readonly lineBytes: Uint8Array;

  constructor(call: Uint8Array, replyKey: Uint8Array) {
    const callHash = hash("sha256", call, "buffer");
    this.key = createSecretKey(Buffer.from(replyKey));
    this.transcript = new Transcript(callHash);
    this.lineBytes = callHash.subarray(0, lineBytes);
    this.line = callHash.toString("latin1", 0, lineBytes);
  }
}

/** The agent's end of a call's line. */
export class AgentLine {
  readonly #end: LineEnd;
  readonly #head = Buffer.alloc(frameTextAt);
  readonly #sign: (transcript: Uint8Array) => Soon<Uint8Array>;
  #sent = 0;
  #heard = 0;

  /** `call`: its exact bytes, and what it says its channel and reply key are. `sign` signs the line's end. */
  constructor(
    call: Uint8Array,
    of: { readonly channel: number; readonly replyKey: Uint8Array; sign(transcript: Uint8Array): Soon<Uint8Array> },
  ) {
    this.#end = new LineEnd(call, of.replyKey);
    this.#sign = of.sign;
    this.#head[0] = form;
    this.#head.writeUInt32BE(of.channel, channelAt);
  }

  /** What controls for this line name it by. */
  get line(): string {
    return this.#end.line;
  }

  /** The next frame, sealed; one that closes the call is signed, and no other follows it. */
  sealFrame(frame: Uint8Array, isClosing: boolean): Soon<Uint8Array> {
    const { transcript } = this.#end;
    transcript.add(frame);
    if (!isClosing) return this.#seal(frame, none);
    const signature = this.#sign(transcript.digest());
    return signature instanceof Promise ? signature.then((made) => this.#seal(frame, made)) : this.#seal(frame, signature);
  }

  #seal(frame: Uint8Array, signature: Uint8Array): Uint8Array {
    const { key } = this.#end;
    const start = Buffer.concat([Uint8Array.of(signature.length >> 8, signature.length & 0xff), signature]);
    const counter = this.#sent++;
    if (counter > highestCounter) throw new RangeError("A call has no more than 2^32 frames.");
    const sealed = Buffer.allocUnsafe(frameTextAt + start.length + frame.length + tagBytes);
    sealed.set(this.#head);
    sealed.writeUInt32BE(counter, 5);
    encryptInto(sealed, frameTextAt, {
      ...{ key, nonce: nonceOf(toController, counter) },
      ...{ associated: sealed.subarray(0, frameTextAt), parts: [start, frame] },
    });
    return sealed;
  }

  /** What a control says; undefined: it was not made for this line, or was heard before. */
  openControl(sealed: Uint8Array): Uint8Array | undefined {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
    if (bytes.length < controlTextAt + tagBytes) return undefined;
    const counter = bytes.readUInt32BE(controlTextAt - 4);
    if (counter <= this.#heard) return undefined;
    const nonce = nonceOf(toAgent, counter);
    const control = decrypt(bytes.subarray(controlTextAt), { key: this.#end.key, nonce, associated: bytes.subarray(0, controlTextAt) });
    if (control) this.#heard = counter;
    return control;
  }
}

/** What a sealed frame was found to be. `isClosing`: the agent signed that the call ends with it. */
export interface OpenedFrame {
  readonly frame: Uint8Array;
  readonly counter: number;
  readonly isClosing: boolean;
}

/** The controller's end of a call's line. */
export class ControllerLine {
  readonly #end: LineEnd;
  readonly #verify: (transcript: Uint8Array, signature: Uint8Array) => boolean;
  #expected = 0;
  #sent = 0;

  /** `call`: its exact bytes. `verify`: is this the agent's signature? */
  constructor(call: Uint8Array, of: { readonly replyKey: Uint8Array; verify(transcript: Uint8Array, signature: Uint8Array): boolean }) {
    this.#end = new LineEnd(call, of.replyKey);
    this.#verify = of.verify;
  }

  /**
   * What a frame says; undefined: the agent did not make it for this line, or it was heard before. One that comes before others that are
   * missing is told by its counter, and counts for nothing.
   */
  openFrame(sealed: Uint8Array): OpenedFrame | undefined {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
    if (bytes.length < frameTextAt + lengthBytes + tagBytes) return undefined;
    const counter = bytes.readUInt32BE(5);
    if (counter < this.#expected) return undefined;
    const { key, transcript } = this.#end;
    const associated = bytes.subarray(0, frameTextAt);
    const inner = decrypt(bytes.subarray(frameTextAt), { key, nonce: nonceOf(toController, counter), associated });
    if (!inner) return undefined;
    const signedBytes = ((inner[0] as number) << 8) | (inner[1] as number);
    const isClosing = signedBytes > 0;
    const frameAt = lengthBytes + signedBytes;
    if (counter > this.#expected) return { frame: inner.subarray(frameAt), counter, isClosing: false };
    this.#expected += 1;
    const frame = inner.subarray(frameAt);
    transcript.add(frame);
    if (isClosing && !this.#verify(transcript.digest(), inner.subarray(lengthBytes, frameAt))) return undefined;
    return { frame, counter, isClosing };
  }

  /** A control for the agent's end, sealed. */
  sealControl(control: Uint8Array): Uint8Array {
    const { key, lineBytes: line } = this.#end;
    const counter = ++this.#sent;
    const sealed = Buffer.allocUnsafe(controlTextAt + control.length + tagBytes);
    sealed[0] = form;
    sealed.set(line, 1);
    sealed.writeUInt32BE(counter, controlTextAt - 4);
    const associated = sealed.subarray(0, controlTextAt);
    encryptInto(sealed, controlTextAt, { key, nonce: nonceOf(toAgent, counter), associated, parts: [control] });
    return sealed;
  }
}

/** The channel that a sealed frame is for; undefined: it is none. */
export function channelOfFrame(sealed: Uint8Array): number | undefined {
  if (sealed.length < frameTextAt + lengthBytes + tagBytes || sealed[0] !== form) return undefined;
  return Buffer.from(sealed.buffer, sealed.byteOffset, frameTextAt).readUInt32BE(channelAt);
}

/** What a sealed control names its line by; undefined: it is none. */
export function lineOfControl(sealed: Uint8Array): string | undefined {
  if (sealed.length < controlTextAt + tagBytes || sealed[0] !== form) return undefined;
  return Buffer.from(sealed.buffer, sealed.byteOffset, controlTextAt).toString("latin1", 1, 1 + lineBytes);
}
