import { askOrg } from "../processes/ask-org.ts";

/** The requests of a load that the org's own faults are to meet. */
export type MetMethod = "POST" | "GET";

/** What the sandbox org is asked to do to so many of the next requests. */
export function orgFaultOf(what: string, calls: number, method: MetMethod = "POST"): object {
  const met = { method, count: calls };
  switch (what) {
    case "cutAfterApply":
    case "cutBefore":
    case "halfBody":
      return { kind: what, match: met };
    case "errorAfterApply":
      return { kind: "status", status: 503, apply: true, match: met };
    case "rateLimited":
      return { kind: "status", status: 429, match: method === "GET" ? met : { count: calls } };
    default:
      throw new Error(`The org has no fault "${what}".`);
  }
}

/** The faults of a sandbox org, asked for directly. */
export class OrgFaults {
  readonly #url: string;
  readonly #method: MetMethod;

  constructor(url: string, method: MetMethod = "POST") {
    this.#url = `${url}/sandbox/faults`;
    this.#method = method;
  }

  async add(what: string, calls: number): Promise<void> {
    const answer = await askOrg(this.#url, { method: "POST", body: JSON.stringify(orgFaultOf(what, calls, this.#method)) });
    if (!answer.ok) throw new Error(`The org refused the fault ${what}: ${await answer.text()}`);
  }

  /** Ends every fault; resolves with how many requests they have met. */
  async clear(): Promise<number> {
    const { faults } = (await (await askOrg(this.#url)).json()) as { readonly faults: readonly { readonly hits: number }[] };
    await (await askOrg(this.#url, { method: "DELETE" })).text();
    return faults.reduce((sum, { hits }) => sum + hits, 0);
  }
}
