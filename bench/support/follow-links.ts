import { request, type Dispatcher } from "undici";

const statuses = ["STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED"];

/** The bodies of the pages that list an org's users, by plain undici, each once the one before has been taken. */
export async function* followUsers({ url, token }: { readonly url: string; readonly token: string }): AsyncGenerator<Uint8Array> {
  const filter = statuses.map((status) => `status eq "${status}"`).join(" or ");
  let next: string | undefined = `${url}/api/v1/users?limit=200&filter=${encodeURIComponent(filter)}`;
  while (next !== undefined) {
    const answer: Dispatcher.ResponseData = await request(next, {
      headers: { authorization: `SSWS ${token}`, accept: "application/json" },
    });
    const links: readonly string[] = [answer.headers["link"] ?? []].flat();
    next = links.map((link) => /<([^>]+)>;\s*rel="next"/.exec(link)?.[1]).find((link) => link !== undefined);
    yield await answer.body.bytes();
  }
}
