// A stream done by hand: undici follows the same pages and parses them, in one process, and keeps nothing.
import { readFileSync } from "node:fs";
import { request, type Dispatcher } from "undici";

const { url, token, parse } = JSON.parse(process.argv[2] ?? "{}") as { url: string; token: string; parse: boolean };
process.send?.({ ready: true });
process.once("disconnect", () => process.exit());
process.on("message", (question: { limit: number }) => void follow(question.limit).then((answer) => process.send?.(answer)));

async function follow(limit: number): Promise<Record<string, unknown>> {
  const startedMs = performance.now();
  let items = 0;
  const filter = ["STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED"]
    .map((status) => `status eq "${status}"`)
    .join(" or ");
  let next: string | undefined = `${url}/api/v1/users?limit=200&filter=${encodeURIComponent(filter)}`;
  while (next !== undefined && items < limit) {
    const answer: Dispatcher.ResponseData = await request(next, {
      headers: { authorization: `SSWS ${token}`, accept: "application/json" },
    });
    const bytes = await answer.body.bytes();
    items += parse ? (JSON.parse(Buffer.from(bytes).toString()) as unknown[]).length : 200;
    const links: readonly string[] = [answer.headers["link"] ?? []].flat();
    next = links.map((link) => /<([^>]+)>;\s*rel="next"/.exec(link)?.[1]).find((link) => link !== undefined);
  }
  const kilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
  return { items, seconds: (performance.now() - startedMs) / 1_000, peakMegabytes: kilobytes / 1_024 };
}
