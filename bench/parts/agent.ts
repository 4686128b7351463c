// A real agent in a process of its own.
import { loadAgentConfiguration, runAgent } from "@longarm/agent";

const { file } = JSON.parse(process.argv[2] ?? "{}") as { file: string };
const stopping = new AbortController();
process.once("disconnect", () => stopping.abort());
process.once("SIGTERM", () => stopping.abort());
await runAgent(loadAgentConfiguration(file, {}).value, stopping.signal, { onReady: (ready) => process.send?.(ready) });
process.disconnect?.();
