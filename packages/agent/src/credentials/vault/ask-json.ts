import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";

/** One request to Vault's HTTP API. */
export interface VaultQuestion {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly timeoutMs: number;
  /** PEM of authorities to trust instead of the system's. */
  readonly ca?: string;
}

/** Status and body; undefined: it was no JSON. */
export interface VaultAnswer {
  readonly status: number;
  readonly body: unknown;
}

const maxAnswerBytes = 1024 * 1024;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Follows no redirect, keeps no connection. Rejects when no whole answer came in time. */
export function askJson({ url, method, headers, body, timeoutMs, ca }: VaultQuestion): Promise<VaultAnswer> {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const signal = AbortSignal.timeout(timeoutMs);
  const options = {
    method,
    headers: { ...headers, accept: "application/json" },
    signal,
    agent: false as const,
    ...(ca !== undefined && { ca }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? overHttps : overHttp)(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > maxAnswerBytes) request.destroy(new Error(`more than ${maxAnswerBytes} bytes`));
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString("utf8")) }));
      response.on("error", reject);
    });
    request.on("error", (fault) => reject(signal.aborted ? new Error(`no answer within ${timeoutMs} ms`) : fault));
    request.end(sent);
  });
}
