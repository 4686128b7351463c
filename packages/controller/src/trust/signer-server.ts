import { chmodSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { type Clock, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { SigningKey } from "@longarm/shared/seal";
import { decodeSignerAsk, encodeSignerAnswer, type SignerAnswer, type SignerAsk } from "@longarm/shared/wire";
import { readFrames, writeFrame } from "./framed.ts";
import { AnchorOrder, judgeCall, judgeOther } from "./judge-signing.ts";
import { embeddedTrust, type TrustSeeds } from "./trust-keys.ts";

/** What a signer serves, and where. */
export interface SignerServerDeps {
  readonly seeds: TrustSeeds;
  /** The path of its Unix socket. */
  readonly socket: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A signer that serves. */
export interface SignerServing {
  /** Signs with newer keys from now on; controllers that are connected come back for them at once. */
  rotate(seeds: TrustSeeds): void;
  close(): Promise<void>;
}

/**
 * Serves signatures on a socket of mode 600, to whoever may open it. The signing key stays here: calls are read and judged first, and
 * nothing else is signed than what controllers say to agents. Throws `data_directory_in_use` when another signer serves there.
 */
export async function serveSigner(deps: SignerServerDeps): Promise<SignerServing> {
  const { socket: path, logger } = deps;
  await removeStale(path);
  const open = new Set<Socket>();
  let answerTo = signing(deps);
  const server = createServer((socket) => {
    open.add(socket);
    socket
      .on("close", () => open.delete(socket))
      .on("error", (fault) => logger.debug({ reason: fault.message }, "a controller's connection broke"));
    readFrames(socket, (message) => {
      const { id, ask } = decodeSignerAsk(message);
      writeFrame(socket, encodeSignerAnswer(id, answerTo(ask)));
    });
  });
  await listening(server, path);
  const hangUp = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    rotate: (seeds) => {
      answerTo = signing({ ...deps, seeds });
      hangUp();
    },
    close: async () => {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function signing({ seeds, clock, logger }: SignerServerDeps): (ask: SignerAsk) => SignerAnswer {
  const key = new SigningKey(seeds.signing[0] as Uint8Array);
  const { announced } = embeddedTrust(seeds);
  const anchors = new AnchorOrder();
  const answer = (ask: SignerAsk): SignerAnswer => {
    if (ask.kind === "hello") return { kind: "keys", installation: announced, sealing: seeds.sealing };
    if (ask.kind === "other") {
      const purpose = judgeOther(ask.purpose, ask.message);
      if (purpose === "audit") anchors.take(ask.message);
      return { kind: "signatures", signatures: [key.sign(purpose, ask.message)] };
    }
    for (const call of ask.calls) judgeCall(call, clock.nowMs());
    return { kind: "signatures", signatures: key.signAll("call", ask.calls) };
  };
  return (ask) => {
    try {
      return answer(ask);
    } catch (reason) {
      const error = LongarmError.from(reason);
      logger.warn({ code: error.code, reason: error.message }, "something was not signed");
      return { kind: "refused", error: error.toBody() };
    }
  };
}

async function listening(server: Server, path: string): Promise<void> {
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  } finally {
    process.umask(mask);
  }
  chmodSync(path, 0o600);
}

/** A signer that was killed leaves its socket behind; one that serves is left alone. */
async function removeStale(path: string): Promise<void> {
  const isServed = await new Promise<boolean>((resolve) => {
    const probe = connect(path, () => resolve(true)).on("error", () => resolve(false));
    probe.on("connect", () => probe.destroy());
  });
  if (isServed) throw new LongarmError("data_directory_in_use", `Another signer serves at ${path}; stop it or choose another socket.`);
  rmSync(path, { force: true });
}
