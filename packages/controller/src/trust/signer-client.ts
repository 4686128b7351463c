import { connect, type Socket } from "node:net";
import { LongarmError } from "@longarm/shared";
import { keyFingerprint, keyIdOf, SealingKey, TurnSigner } from "@longarm/shared/seal";
import {
  decodeInstallationKeys,
  decodeSignerAnswer,
  encodeSignerAsk,
  type SignedInstallationKeys,
  type SignerAnswer,
  type SignerAsk,
} from "@longarm/shared/wire";
import type { InstallationSigner, InstallationTrust } from "../ports/installation-trust.ts";
import { longestFrame, readFrames, writeFrame } from "./framed.ts";

interface Keys {
  readonly announced: SignedInstallationKeys;
  readonly fingerprint: string;
  readonly keyId: string;
  readonly sealing: readonly SealingKey[];
}

interface Pending {
  readonly done: (answer: SignerAnswer) => void;
  readonly failed: (reason: unknown) => void;
}

const batchBytes = longestFrame / 4;

/** Trust whose signing key is in another process, reached by its Unix socket; the connection comes back by itself. */
export class SignerClient implements InstallationTrust {
  readonly kind = "process";
  readonly signer: InstallationSigner;
  readonly #path: string;
  readonly #pending = new Map<number, Pending>();
  readonly #onRotated: (() => void)[] = [];
  #keys!: Keys;
  #socket: Promise<Socket> | undefined;
  #asked = 0;
  #isClosed = false;

  private constructor(path: string) {
    this.#path = path;
    const calls = new TurnSigner((messages) => this.#signCalls(messages));
    const keyId = (): string => this.#keys.keyId;
    this.signer = {
      get keyId() {
        return keyId();
      },
      sign: (purpose, message) => (purpose === "call" ? calls.sign(message) : this.#signOther(purpose, message)),
    };
  }

  /** Throws `signer_unavailable` when nobody serves at the path. */
  static async open(path: string): Promise<SignerClient> {
    const client = new SignerClient(path);
    await client.#connected();
    return client;
  }

  get announced(): SignedInstallationKeys {
    return this.#keys.announced;
  }

  get fingerprint(): string {
    return this.#keys.fingerprint;
  }

  sealing(id?: string): SealingKey | undefined {
    return id === undefined ? this.#keys.sealing[0] : this.#keys.sealing.find((key) => key.id === id);
  }

  onRotated(listener: () => void): void {
    this.#onRotated.push(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const socket = await this.#socket?.catch(() => undefined);
    socket?.destroy();
  }

  async #signCalls(calls: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
    const signatures: Uint8Array[] = [];
    for (let at = 0; at < calls.length; at = signatures.length) {
      let bytes = 0;
      const some = calls.slice(at).filter((call, index) => (bytes += call.length) <= batchBytes || index === 0);
      signatures.push(...(await this.#signatures({ kind: "calls", calls: some })));
    }
    return signatures;
  }

  async #signOther(purpose: string, message: Uint8Array): Promise<Uint8Array> {
    const [signature] = await this.#signatures({ kind: "other", purpose, message });
    return signature as Uint8Array;
  }

  async #signatures(ask: SignerAsk & { readonly kind: "calls" | "other" }): Promise<readonly Uint8Array[]> {
    const answer = await this.#askPatiently(ask);
    const count = ask.kind === "calls" ? ask.calls.length : 1;
    if (answer.kind === "signatures" && answer.signatures.length === count) return answer.signatures;
    throw this.#unavailable(answer.kind === "refused" ? answer.error.message : "it does not answer what was asked");
  }

  /** A signer that takes up newer keys hangs up once: to sign the same again does no harm. */
  async #askPatiently(ask: SignerAsk): Promise<SignerAnswer> {
    const socket = await this.#connected();
    try {
      return await this.#ask(socket, ask);
    } catch (reason) {
      if (this.#isClosed) throw reason;
      return this.#ask(await this.#connected(), ask);
    }
  }

  #ask(socket: Socket, ask: SignerAsk): Promise<SignerAnswer> {
    this.#asked = (this.#asked + 1) >>> 0;
    const id = this.#asked;
    return new Promise((done, failed) => {
      this.#pending.set(id, { done, failed });
      writeFrame(socket, encodeSignerAsk(id, ask));
    });
  }

  #connected(): Promise<Socket> {
    this.#socket ??= this.#connect().catch((reason: unknown) => {
      this.#socket = undefined;
      throw this.#unavailable(LongarmError.from(reason).message);
    });
    return this.#socket;
  }

  async #connect(): Promise<Socket> {
    const socket = connect(this.#path);
    socket.on("error", () => undefined);
    socket.on("close", () => this.#lost());
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    readFrames(socket, (message) => {
      const { id, answer } = decodeSignerAnswer(message);
      this.#pending.get(id)?.done(answer);
      this.#pending.delete(id);
    });
    this.#learn(await this.#ask(socket, { kind: "hello" }));
    socket.unref();
    return socket;
  }

  #learn(answer: SignerAnswer): void {
    if (answer.kind !== "keys") throw this.#unavailable("it does not tell its keys");
    const { root, signing } = decodeInstallationKeys(answer.installation.keys);
    const fingerprint = keyFingerprint(root);
    const before = this.#keys as Keys | undefined;
    if (before && before.fingerprint !== fingerprint) throw this.#unavailable("it is another installation's signer now");
    const sealing = answer.sealing.map((seed) => new SealingKey(seed));
    this.#keys = { announced: answer.installation, fingerprint, keyId: keyIdOf(signing[0] as Uint8Array), sealing };
    if (before && before.keyId !== this.#keys.keyId) for (const listener of this.#onRotated) listener();
  }

  #lost(): void {
    this.#socket = undefined;
    for (const { failed } of this.#pending.values()) failed(this.#unavailable("the connection broke"));
    this.#pending.clear();
    // Other keys are to be announced before anybody asks for a signature; one that is away is tried again when somebody does.
    if (!this.#isClosed) void this.#connected().catch(() => undefined);
  }

  #unavailable(why: string): LongarmError {
    return new LongarmError("signer_unavailable", `The signer at ${this.#path} does not sign: ${why}.`, { retryable: true });
  }
}
