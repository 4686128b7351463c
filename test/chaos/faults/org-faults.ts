import { askOrg } from "../processes/ask-org.ts";

/** What the sandbox org is asked to do to so many of the next requests. */
export function orgFaultOf(what: string, calls: number): object {
  const writes = { method: "POST", count: calls };
  switch (what) {
    case "cutAfterApply":
    case "cutBefore":
    case "halfBody":
      return { kind: what, match: writes };
    case "errorAfterApply":
      return { kind: "status", status: 503, apply: true, match: writes };
    case "rateLimited":
      return { kind: "status", status: 429, match: { count: calls } };
    default:
      throw new Error(`The org has no fault "${what}".`);
  }
}

/** The faults of a sandbox org, asked for directly. */
export class OrgFaults {
  readonly #url: string;

  constructor(url: string) {
    this.#url = `${url}/sandbox/faults`;
  }

  async add(what: string, calls: number): Promise<void> {
    const answer = await askOrg(this.#url, { method: "POST", body: JSON.stringify(orgFaultOf(what, calls)) });
    if (!answer.ok) throw new Error(`The org refused the fault ${what}: ${await answer.text()}`);
  }

  /** Ends every fault; resolves with how many requests they have met. */
  async clear(): Promise<number> {
    const { faults } = (await (await askOrg(this.#url)).json()) as { readonly faults: readonly { readonly hits: number }[] };
    await (await askOrg(this.#url, { method: "DELETE" })).text();
    return faults.reduce((sum, { hits }) => sum + hits, 0);
  }
}
