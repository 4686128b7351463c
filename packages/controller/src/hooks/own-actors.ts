import { type Clock, LongarmError, type OwnActors } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { Connection, ConnectionStore } from "../ports/connection-store.ts";
import type { CredentialStore } from "../ports/credential-store.ts";
import type { Webhooks } from "../ports/webhook-store.ts";
import { changeHookState } from "./change-state.ts";

interface Deps {
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly states: Webhooks["states"];
  /** Asks the target. Throws what a look-up may. */
  readonly lookUp: (connection: Connection, signal: AbortSignal) => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly logger: Logger;
}

// A token's user does not change; that a service app was made anew is known by its credential.
const freshForMs = 3_600_000;
// An org waits three seconds for the answer to its delivery.
const lookUpMs = 2_000;
const mostKept = 4;

/** Under which ids the installation's own changes appear in an org: asked for once, and again when that is an hour past or the credential changed. */
export class OwnActorBook {
  readonly #deps: Deps;
  readonly #asking = new Map<string, Promise<OwnActors>>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Throws when the org was never asked with success, and cannot be asked now. */
  async of(name: string): Promise<ReadonlySet<string>> {
    const { connections, states, clock } = this.#deps;
    const connection = (await connections.get(name))?.value;
    if (!connection) return new Set();
    const known = (await states.get(name))?.value.actors ?? undefined;
    const credential = await this.#credentialOf(connection);
    if (known?.credential === credential && clock.nowMs() - known.atMs < freshForMs) return new Set(known.ids);
    return new Set((await this.#ask(connection, { known, credential })).ids);
  }

  /** A value that was set anew may be of somebody else. */
  async #credentialOf({ credential: name }: Connection): Promise<string> {
    const found = name === undefined ? undefined : await this.#deps.credentials.get(name);
    return found ? `${found.value.name} ${found.sequence}` : "";
  }

  async #ask(connection: Connection, of: { readonly known: OwnActors | undefined; readonly credential: string }): Promise<OwnActors> {
    const { name } = connection;
    const asking = this.#asking.get(name) ?? this.#lookUp(connection, of).finally(() => this.#asking.delete(name));
    this.#asking.set(name, asking);
    try {
      return await asking;
    } catch (reason) {
      if (of.known) return of.known;
      throw reason;
    }
  }

  async #lookUp(
    connection: Connection,
    { known, credential }: { readonly known: OwnActors | undefined; readonly credential: string },
  ): Promise<OwnActors> {
    const { lookUp, states, clock, logger } = this.#deps;
    const { name } = connection;
    try {
      const found = await lookUp(connection, AbortSignal.timeout(lookUpMs));
      // What was done under the credential before is told of later.
      const ids = [...new Set([...found, ...(known?.ids ?? [])])].slice(0, mostKept);
      const actors: OwnActors = { ids, credential, atMs: clock.nowMs() };
      await changeHookState(states, name, (state) => ({ ...state, actors }));
      return actors;
    } catch (reason) {
      logger.warn(
        { connection: name, reason: LongarmError.from(reason).message },
        "Whom the credential of a hook's connection stands for could not be asked.",
      );
      throw reason;
    }
  }
}
