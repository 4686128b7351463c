import { okta } from "@longarm/okta";
import type { SandboxOptions } from "@longarm/sandbox";
import { Secret, systemClock } from "@longarm/shared";
import { createRestExecutor, type RestExecutor } from "@longarm/shared/rest";
import { createCatalogue, type AnyAction } from "@longarm/spoke";
import { liveContext } from "@longarm/spoke/testing";
import { type SandboxOrg, withSandbox } from "./sandbox.ts";

const catalogue = createCatalogue([okta]);

/** A simulated org, and the Okta spoke as it runs against it. */
export interface OktaOrg {
  readonly sandbox: SandboxOrg;
  readonly executor: RestExecutor;
  /** Runs an action as the engine would: input and output checked. */
  run(name: string, input: unknown): Promise<Readonly<Record<string, unknown>>>;
}

/** Runs `work` with a simulated org of its own, without rate limits unless they are asked for. */
export async function withOktaOrg<T>(options: SandboxOptions, work: (org: OktaOrg) => Promise<T>): Promise<T> {
  return withSandbox({ limits: "off", ...options }, async (sandbox) => {
    const executor = createRestExecutor({ clock: systemClock });
    const context = liveContext({ executor, baseUrl: sandbox.url, auth: { scheme: "ssws", token: new Secret(sandbox.token) } });
    try {
      return await work({
        sandbox,
        executor,
        async run(name, input) {
          const definition = catalogue.get(name) as AnyAction;
          const output: unknown = await definition.run(context, catalogue.checkInput(definition, input));
          return catalogue.checkOutput(definition, output) as Readonly<Record<string, unknown>>;
        },
      });
    } finally {
      await executor.close();
    }
  });
}
