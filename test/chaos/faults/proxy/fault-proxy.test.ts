import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { suite } from "../../../support/suite.ts";
import { until } from "../../../support/until.ts";
import { FaultProxy, type FaultProxyOptions } from "./fault-proxy.ts";

const test = suite("the TCP fault proxy");

interface Bench {
  readonly proxy: FaultProxy;
  /** A connection through the proxy to a server that sends back what it gets. */
  dial(): Promise<Dialled>;
}

interface Dialled {
  readonly socket: Socket;
  readonly closed: Promise<"reset" | "ended">;
  text(): string;
}

function dialled(socket: Socket): Dialled {
  let text = "";
  const closed = Promise.withResolvers<"reset" | "ended">();
  socket.setEncoding("utf8").on("data", (part: string) => (text += part));
  socket.on("error", () => closed.resolve("reset")).on("close", () => closed.resolve("ended"));
  return { socket, closed: closed.promise, text: () => text };
}

async function withProxy(body: (bench: Bench) => Promise<void>, options: Partial<FaultProxyOptions> = {}): Promise<void> {
  const echo = createServer((socket) => socket.on("error", () => undefined).pipe(socket));
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  const proxy = await FaultProxy.open({ targetPort: (echo.address() as AddressInfo).port, ...options });
  const sockets: Socket[] = [];
  const dial = async (): Promise<Dialled> => {
    const socket = connect(proxy.port, "127.0.0.1");
    sockets.push(socket);
    const made = dialled(socket);
    await once(socket, "connect");
    return made;
  };
  try {
    await body({ proxy, dial });
  } finally {
    for (const socket of sockets) socket.destroy();
    await proxy.close();
    echo.close();
  }
}

const says = (line: Dialled, text: string): Promise<unknown> => until(`"${text}" comes back`, () => line.text() === text);

test("passes bytes both ways and the end of a connection too", async () => {
  await withProxy(async ({ proxy, dial }) => {
    const line = await dial();
    line.socket.end("hello");
    assert.equal(await line.closed, "ended");
    assert.equal(line.text(), "hello");
    await until("the proxy has forgotten it", () => proxy.connections === 0);
  });
});

test("delays every byte, in the order in which they came", async () => {
  await withProxy(async ({ proxy, dial }) => {
    const line = await dial();
    proxy.set({ kind: "latency", ms: 60 });
    const startMs = performance.now();
    line.socket.write("a");
    proxy.set({ kind: "latency", ms: 30 });
    line.socket.write("b");
    await says(line, "ab");
    assert.ok(performance.now() - startMs >= 59);
  });
});

test("has a usual latency that a healed link goes back to", async () => {
  await withProxy(
    async ({ proxy, dial }) => {
      const line = await dial();
      proxy.set({ kind: "partition" });
      proxy.set({ kind: "none" });
      const startMs = performance.now();
      line.socket.write("a");
      await says(line, "a");
      assert.ok(performance.now() - startMs >= 79);
    },
    { usualLatencyMs: 40 },
  );
});

test("holds bytes back in a partition and delivers them afterwards, on new connections too", async () => {
  await withProxy(async ({ proxy, dial }) => {
    const before = await dial();
    before.socket.write("1");
    await says(before, "1");
    proxy.set({ kind: "partition" });
    const during = await dial();
    before.socket.write("2");
    during.socket.write("3");
    await until("the writes have left", () => before.socket.writableLength === 0 && during.socket.writableLength === 0);
    assert.deepEqual([before.text(), during.text()], ["1", ""]);
    proxy.set({ kind: "none" });
    await says(before, "12");
    await says(during, "3");
  });
});

test("swallows bytes in a black hole and resets afterwards who lost some", async () => {
  await withProxy(async ({ proxy, dial }) => {
    const idle = await dial();
    const talking = await dial();
    await until("both are through", () => proxy.connections === 2);
    proxy.set({ kind: "blackHole" });
    talking.socket.write("lost");
    const other = await dial();
    other.socket.write("lost too");
    await until("the write has left", () => talking.socket.writableLength === 0 && other.socket.writableLength === 0);
    await new Promise((resolve) => setImmediate(resolve));
    proxy.set({ kind: "none" });
    idle.socket.write("kept");
    await says(idle, "kept");
    assert.equal(talking.text(), "");
  });
});

test("goes half open after so many bytes of answer: requests still arrive, answers do not", async () => {
  await withProxy(async ({ proxy, dial }) => {
    const line = await dial();
    proxy.set({ kind: "halfOpen", afterBytes: 4 });
    line.socket.write("four");
    await says(line, "four");
    line.socket.write("more");
    const other = await dial();
    other.socket.write("from");
    await says(other, "from");
    assert.equal(line.text(), "four");
    await until("the swallowed answer tears the connection", async () => {
      proxy.set({ kind: "none" });
      const ended = await Promise.race([line.closed, new Promise((resolve) => setImmediate(resolve, "open"))]);
      if (ended === "reset") return true;
      proxy.set({ kind: "halfOpen", afterBytes: 0 });
      line.socket.write("again");
      return false;
    });
  });
});

test("resets a connection after so many bytes", async () => {
  await withProxy(async ({ proxy, dial }) => {
    const line = await dial();
    proxy.set({ kind: "reset", afterBytes: 10 });
    line.socket.write("12345");
    await says(line, "12345");
    line.socket.write("67890");
    assert.equal(await line.closed, "reset");
  });
});

test("refuses new connections and breaks open ones", async () => {
  await withProxy(async ({ proxy, dial }) => {
    const line = await dial();
    proxy.set({ kind: "refuse" });
    assert.equal(await line.closed, "reset");
    const late = connect(proxy.port, "127.0.0.1");
    assert.equal(await dialled(late).closed, "reset");
    proxy.set({ kind: "none" });
    const again = await dial();
    again.socket.write("back");
    await says(again, "back");
  });
});

test("breaks off when its target is not there", async () => {
  await withProxy(async ({ proxy }) => {
    const gone = await FaultProxy.open({ targetPort: proxy.port });
    const port = gone.port;
    await gone.close();
    const toNobody = await FaultProxy.open({ targetPort: port });
    try {
      assert.equal(await dialled(connect(toNobody.port, "127.0.0.1")).closed, "reset");
    } finally {
      await toNobody.close();
    }
  });
});

test.run();
