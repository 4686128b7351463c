const timeoutMs = 5_000;
const mostBytes = 256 * 1_024;
const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** A small JSON document: over https, or from this machine itself; no redirects, five seconds, 256 KiB at most. Throws what was wrong. */
export async function fetchJson(address: string): Promise<unknown> {
  const url = new URL(address);
  if (url.protocol !== "https:" && !loopback.has(url.hostname)) throw new Error("its address is not https");
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((reason: unknown) => {
    throw new Error(whyOf(reason), { cause: reason });
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`it answered ${response.status}`);
  }
  return JSON.parse(await readBounded(response)) as unknown;
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > mostBytes) throw new Error(`its answer is larger than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function whyOf(reason: unknown): string {
  const { cause, message } = reason as { cause?: { code?: unknown }; message?: unknown };
  return typeof cause?.code === "string" ? cause.code : String(message);
}
