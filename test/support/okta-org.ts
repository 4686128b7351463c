import { okta } from "@longarm/okta";
import type { SandboxOptions } from "@longarm/sandbox";
import { type Clock, newId, Secret, systemClock } from "@longarm/shared";
import { findPlacedFaults } from "@longarm/shared/schema";
import { type Auth, createRestExecutor, type RestExecutor } from "@longarm/shared/rest";
import { createCatalogue, readBody, toRequestForm, type ActionContext, type AnyAction, type AnyStream } from "@longarm/spoke";
import { liveContext } from "@longarm/spoke/testing";
import type { TSchema } from "typebox";
import { type SandboxOrg, withSandbox } from "./sandbox.ts";

const catalogue = createCatalogue([okta]);

/** The Okta spoke as it runs with one credential. */
export interface OktaRuns {
  /** Runs an action as the engine would: input and output checked. */
  run(name: string, input: unknown): Promise<Readonly<Record<string, unknown>>>;
  /** The items of a stream over all its pages, each page checked against the item's schema. */
  items(name: string, input: unknown): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** A simulated org, and the spoke as it runs against it with the API token, or with another credential. */
export interface OktaOrg extends OktaRuns {
  readonly sandbox: SandboxOrg;
  readonly executor: RestExecutor;
  as(auth: Auth): OktaRuns;
}

function runsOf(auth: Auth, { sandbox, executor }: Pick<OktaOrg, "sandbox" | "executor">): OktaRuns {
  const context = liveContext({ executor, baseUrl: sandbox.url, auth });
  return {
    async run(name, input) {
      const definition = catalogue.get(name) as AnyAction;
      const output: unknown = await definition.run(context, catalogue.checkInput(definition, input));
      return catalogue.checkOutput(definition, output) as Readonly<Record<string, unknown>>;
    },
    items: (name, input) => streamed(name, input, { executor, context, sandbox, auth }),
  };
}

interface OrgOptions extends SandboxOptions {
  readonly executorClock?: Clock;
  /** Puts something between the spoke and the org. */
  readonly through?: (executor: RestExecutor) => RestExecutor;
}

/** Runs `work` with a simulated org of its own, without rate limits unless they are asked for. */
export async function withOktaOrg<T>(
  { executorClock = systemClock, through = (executor) => executor, ...options }: OrgOptions,
  work: (org: OktaOrg) => Promise<T>,
): Promise<T> {
  return withSandbox({ limits: "off", ...options }, async (sandbox) => {
    const own = createRestExecutor({ clock: executorClock });
    const executor = through(own);
    const as = (auth: Auth): OktaRuns => runsOf(auth, { sandbox, executor });
    try {
      return await work({ sandbox, executor, as, ...as({ scheme: "ssws", token: new Secret(sandbox.token) }) });
    } finally {
      await own.close();
    }
  });
}

type Item = Readonly<Record<string, unknown>>;

/** Reads a stream as the engine would, but keeps nothing. */
async function streamed(
  name: string,
  wish: unknown,
  of: { readonly executor: RestExecutor; readonly context: ActionContext; readonly sandbox: SandboxOrg; readonly auth: Auth },
): Promise<readonly Item[]> {
  const stream = catalogue.get(name) as AnyStream;
  const checked: unknown = catalogue.checkInput(stream, wish);
  const input: unknown = stream.prepare ? await stream.prepare(of.context, checked) : checked;
  const { method, repeats, pollMs, ...request } = stream.start(input);
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1, effect: "read", method } as const;
  const limits = { timeoutMs: 10_000, maxResponseBytes: 5_000_000, pagesAhead: 2, windowBytes: 1_000_000 };
  const every = { ...(repeats && { repeats }), ...(pollMs !== undefined && { pollMs }) };
  const call = { ...ids, baseUrl: of.sandbox.url, auth: of.auth, ...toRequestForm(request), ...limits, ...every };
  const items: Item[] = [];
  for await (const page of of.executor.pages(call, new AbortController().signal)) {
    if (page.kind === "failure") throw page.error;
    const response = { status: page.status, headers: page.headers, body: readBody(page.body) };
    if (page.status !== 200) throw stream.refused?.(response, input) ?? okta.explain(response);
    const { items: found, last } = stream.page(response, input);
    for (const item of found) {
      const faults = findPlacedFaults("item", stream.item as TSchema, item);
      if (faults.length > 0) throw new Error(`${name} gave an item that its schema forbids: ${JSON.stringify(faults)}`);
      items.push(item as Item);
    }
    if (last === true || items.length >= (stream.limit(input) ?? Number.POSITIVE_INFINITY)) break;
  }
  return items;
}
