import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a port of 127.0.0.1 that can be cut. */
export interface CutLine {
  readonly port: number;
  /** Breaks every connection, and takes no new one. */
  cut(): void;
  /** Takes connections again. */
  mend(): void;
}

/** Runs `body` with a line to this port. */
export async function withCutLine(port: number, body: (line: CutLine) => Promise<void>): Promise<void> {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const breakAll = (): void => open.forEach((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body({
      port: (server.address() as AddressInfo).port,
      cut() {
        isCut = true;
        breakAll();
      },
      mend() {
        isCut = false;
      },
    });
  } finally {
    breakAll();
    await new Promise((resolve) => server.close(resolve));
  }
}
