import type { Logger } from "@longarm/shared/logger";
import { compileTrigger, type CompiledTrigger } from "../../decide/trigger/compile-trigger.ts";
import type { DefinedTrigger, TriggerStore } from "../../ports/trigger-store.ts";

/** A stored trigger, ready for events. */
export interface ReadyTrigger {
  readonly defined: DefinedTrigger;
  readonly compiled: CompiledTrigger;
}

/** The triggers of an installation, each compiled once for as long as it stays as it is. */
export class CompiledTriggers {
  readonly #store: TriggerStore;
  readonly #logger: Logger;
  #known = new Map<string, { readonly sequence: number; readonly ready: ReadyTrigger | undefined }>();

  constructor(store: TriggerStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** All that were defined anywhere before the call. */
  async now(): Promise<readonly ReadyTrigger[]> {
    return this.#readyOf(await this.#store.listNow());
  }

  /** All, as they are known here. */
  async list(): Promise<readonly ReadyTrigger[]> {
    return this.#readyOf(await this.#store.list());
  }

  #readyOf(all: Awaited<ReturnType<TriggerStore["list"]>>): readonly ReadyTrigger[] {
    const former = this.#known;
    this.#known = new Map(
      all.map(({ value, sequence }) => {
        const known = former.get(value.name);
        return [value.name, known?.sequence === sequence ? known : { sequence, ready: this.#compile(value) }];
      }),
    );
    return [...this.#known.values()].flatMap(({ ready }) => ready ?? []);
  }

  #compile(defined: DefinedTrigger): ReadyTrigger | undefined {
    const result = compileTrigger(defined);
    if ("compiled" in result) return { defined, compiled: result.compiled };
    const [{ pointer, problem }] = result.faults;
    this.#logger.error({ trigger: defined.name, pointer, problem }, "A stored trigger cannot be read and is left out; define it anew.");
    return undefined;
  }
}
