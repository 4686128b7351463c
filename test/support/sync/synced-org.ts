import { Secret, systemClock } from "@longarm/shared";
import { createRestExecutor } from "@longarm/shared/rest";
import { type Pages, runSync, type RunSyncOptions, type Sink, type StreamName, streamNames, type SyncReport } from "@longarm/sync";
import type { SandboxOptions } from "@longarm/sandbox";
import { type SandboxOrg, withSandbox } from "../sandbox.ts";
import { type SqlPlace, sqliteKind } from "../sinks/places.ts";
import { restPages } from "./rest-pages.ts";

/** An org, a place that it is copied to, and the means to do so. */
export interface SyncedOrg {
  readonly org: SandboxOrg;
  readonly place: SqlPlace;
  readonly pages: Pages;
  /** One run, of every stream unless told otherwise; each under an epoch of its own. */
  sync(options?: Partial<RunSyncOptions> & { readonly sink?: Sink; readonly pages?: Pages; readonly nowMs?: number }): Promise<SyncReport>;
}

/** Calls `use` with a simulated org and an empty SQLite sink. */
export function withSyncedOrg<T>(
  { pageSize, ...options }: SandboxOptions & { readonly pageSize?: number },
  use: (synced: SyncedOrg) => Promise<T>,
): Promise<T> {
  return withSandbox({ limits: "off", ...options }, (org) =>
    sqliteKind.withPlace(async (place) => {
      const executor = createRestExecutor({ clock: systemClock });
      const pages = restPages({ executor, baseUrl: org.url, token: new Secret(org.token), ...(pageSize !== undefined && { pageSize }) });
      let epoch = 0;
      const sync: SyncedOrg["sync"] = ({ sink = place.sink, pages: through = pages, nowMs, ...more } = {}) => {
        epoch += 1;
        const streams: readonly StreamName[] = streamNames;
        const clock = nowMs === undefined ? systemClock : { ...systemClock, nowMs: () => nowMs };
        const given = { name: "acme", epoch, streams, mode: "incremental", signal: new AbortController().signal, ...more } as const;
        return runSync(given, { pages: through, sink, clock });
      };
      try {
        return await use({ org, place, pages, sync });
      } finally {
        await executor.close();
      }
    }),
  );
}
