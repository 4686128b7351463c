// A stream done by hand: undici follows the same pages and parses them, in one process, and keeps nothing.
import { followUsers } from "../support/follow-links.ts";
import { peakMegabytes } from "../support/part.ts";

const { url, token, parse } = JSON.parse(process.argv[2] ?? "{}") as { url: string; token: string; parse: boolean };
process.send?.({ ready: true });
process.once("disconnect", () => process.exit());
process.on("message", (question: { limit: number }) => void follow(question.limit).then((answer) => process.send?.(answer)));

async function follow(limit: number): Promise<Record<string, unknown>> {
  const startedMs = performance.now();
  let items = 0;
  for await (const bytes of followUsers({ url, token })) {
    items += parse ? (JSON.parse(Buffer.from(bytes).toString()) as unknown[]).length : 200;
    if (items >= limit) break;
  }
  return { items, seconds: (performance.now() - startedMs) / 1_000, peakMegabytes: peakMegabytes(process.pid) };
}
