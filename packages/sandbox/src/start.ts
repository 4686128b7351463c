import type { IncomingMessage, ServerResponse } from "node:http";
import { Api } from "./http/api.ts";
import { controlPrefix, serveOwn } from "./http/control.ts";
import { Faults } from "./http/faults.ts";
import { Ledger } from "./http/ledger.ts";
import { limitTables, RateLimits } from "./http/limits.ts";
import { listen } from "./http/listen.ts";
import { Recorder } from "./http/recorder.ts";
import { RequestLog } from "./http/request-log.ts";
import { defaultOptions, type FilledOptions, type SandboxOptions } from "./options.ts";
import { controlRoutes } from "./routes/sandbox.ts";
import { apiRoutes } from "./routes/table.ts";
import { Deliveries } from "./state/hooks/deliveries.ts";
import { createOrg, type Org } from "./state/org.ts";
import { seedHook } from "./state/seed/seed-hook.ts";

/** A running sandbox. */
export interface Sandbox {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** What clients send as `Authorization: SSWS <token>`. */
  readonly token: string;
  /** Ends every connection and the server. */
  close(): Promise<void>;
}

type OnRequest = (request: IncomingMessage, response: ServerResponse) => void;

interface Served {
  readonly org: Org;
  readonly onRequest: OnRequest;
  readonly close: () => void;
}

function serverOf(options: FilledOptions): Served {
  const { clock, limits, limitWindowMs, token } = options;
  const org = createOrg(options);
  const table = typeof limits === "string" ? limitTables[limits] : limits;
  const faults = new Faults();
  const ledger = new Ledger();
  const requests = new RequestLog();
  const rateLimits = new RateLimits(table, limitWindowMs, () => clock.nowMs());
  const api = new Api({
    org,
    token,
    routes: apiRoutes,
    limits: rateLimits,
    faults,
    recorder: new Recorder(org, ledger),
    requests,
    onAnswer: options.onAnswer,
  });
  const deliveries = new Deliveries(org);
  const control = controlRoutes({ org, faults, ledger, requests, deliveries });
  const onRequest: OnRequest = (request, response) => {
    const url = request.url as string;
    if (!url.startsWith(controlPrefix)) return api.serve(request, response);
    serveOwn(control, request, response);
  };
  const close = (): void => {
    deliveries.close();
    org.close();
  };
  return { org, onRequest, close };
}

/** Starts a simulated Okta org that speaks HTTP; a taken port rejects with `port_in_use`. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const filled = { ...defaultOptions, ...options };
  const { org, onRequest, close } = serverOf(filled);
  const listening = await listen(onRequest, filled.host, filled.port);
  if (filled.statuses === "mixed") seedHook(org, listening.url);
  return {
    url: listening.url,
    port: listening.port,
    token: filled.token,
    close: () => {
      close();
      return listening.close();
    },
  };
}
