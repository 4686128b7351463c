import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { withBroker, type TestBroker } from "../../test/support/broker.ts";
import { startPart, type Part } from "./part.ts";

/** A broker, a controller and a sandbox org, each in a process of its own, and the way to the controller. */
export interface Installation {
  readonly broker: TestBroker;
  readonly sandbox: Part;
  controller: Part;
  /** A request to the controller's API as its administrator; resolves with the answer's JSON. */
  ask<T = unknown>(method: string, path: string, options?: AskOptions): Promise<T>;
  /** Stops the controller and starts another one on its data, with that much of its configuration changed; resolves once it serves. */
  restart(over?: object): Promise<void>;
}

interface AskOptions {
  readonly body?: unknown;
  /** Seconds to wait for the run's end. */
  readonly wait?: number;
}

/** Runs `body` with an installation whose connection `sandbox` leads to an org of that many users. `controller` changes its configuration. */
export async function withInstallation(
  options: { readonly users: number; readonly controller?: object },
  body: (at: Installation) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "longarm-bench-"));
  const parts: Part[] = [];
  const begin = async (name: string, told: Readonly<Record<string, unknown>>): Promise<Part> => {
    const part = await startPart(name, told);
    parts.push(part);
    return part;
  };
  try {
    await withBroker(async (broker) => {
      const file = join(directory, "configuration.json");
      const configure = (over: object = {}): Promise<void> =>
        writeFile(file, JSON.stringify({ ...configuration(directory, broker), ...over }), { mode: 0o600 });
      await configure(options.controller);
      const sandbox = await begin("sandbox", options);
      let api = await openApi(await begin("controller", { file }));
      const at: Installation = {
        ...{ broker, sandbox, controller: api.controller },
        ask: (method, path, told) => api.ask(method, path, told),
        async restart(over) {
          await configure(over);
          await api.close();
          await at.controller.stop();
          at.controller = await begin("controller", { file });
          api = await openApi(at.controller);
        },
      };
      try {
        await connect(at);
        await body(at);
      } finally {
        await api.close();
        for (const part of parts.toReversed()) await part.stop();
      }
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function openApi(controller: Part) {
  const pool = new Pool(String(controller.ready["url"]), { connections: 512, pipelining: 1 });
  const token = (await readFile(String(controller.ready["administratorKeyFile"]), "utf8")).trim();
  const common = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return {
    controller,
    close: () => pool.destroy(),
    async ask<T>(method: string, path: string, { body, wait }: AskOptions = {}): Promise<T> {
      const headers = { ...common, ...(wait !== undefined && { prefer: `wait=${wait}` }) };
      const answer = await pool.request({ path, method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
      return JSON.parse(text) as T;
    },
  };
}

async function connect({ ask, sandbox }: Installation): Promise<void> {
  await ask("PUT", "/v1/credentials/sandbox", { body: { scheme: "ssws", token: sandbox.ready["token"] } });
  const body = { baseUrl: sandbox.ready["url"], credential: "sandbox", placement: { on: "local" } };
  await ask("PUT", "/v1/connections/sandbox", { body });
}

function configuration(directory: string, { url, keysFile }: TestBroker): object {
  return {
    data: directory,
    listen: { port: 0 },
    // What is measured is what a controller can do, not what it lets one principal do.
    access: { rateLimit: { perSecond: 1_000_000, burst: 1_000_000 } },
    broker: {
      kind: "external",
      urls: [url],
      keys: keysFile,
      allowUnsafe: true,
    },
    logLevel: "error",
  };
}
