// A real controller in a process of its own.
import { readControllerConfiguration, runController } from "@longarm/controller/main";

const { file } = JSON.parse(process.argv[2] ?? "{}") as { file: string };
const stopping = new AbortController();
process.once("disconnect", () => stopping.abort());
process.once("SIGTERM", () => stopping.abort());
await runController(readControllerConfiguration({ file }).value, stopping.signal, ({ url, administratorKeyFile }) =>
  process.send?.({ url, administratorKeyFile }),
);
process.disconnect?.();
