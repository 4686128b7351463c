import { setTimeout as sleep } from "node:timers/promises";

const tries = 20;
const pauseMs = 500;

/**
 * `fetch` for the harness's own questions to the org, which may be asked twice: an idle connection that the org closes just as it is
 * used again, or a machine that is too busy to accept one, ends no run of the harness.
 */
export async function askOrg(url: string, init: RequestInit = {}): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetch(url, init);
    } catch (reason) {
      const { cause } = reason as { readonly cause?: unknown };
      if (attempt === tries) throw new Error(`The org did not answer ${url}: ${String(cause ?? reason)}`, { cause: reason });
      await sleep(pauseMs);
    }
  }
}
