// A sandbox org in a process of its own; tells how long it took to start.
import { startSandbox } from "@longarm/sandbox";

const { users, limits = "off" } = JSON.parse(process.argv[2] ?? "{}") as { users: number; limits?: "off" | "workforce" };
const startedMs = performance.now();
const { url, token } = await startSandbox({ users, limits });
process.send?.({ url, token, startMs: performance.now() - startedMs });
process.once("disconnect", () => process.exit());
