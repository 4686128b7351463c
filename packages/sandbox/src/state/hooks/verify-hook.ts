import type { HookChannel } from "./hook.ts";

/** Did the endpoint return the challenge? */
export type ChallengeAnswer = { readonly kind: "proved" } | { readonly kind: "failed"; readonly problem: string };

/** How long Okta waits for an answer. */
const timeoutMs = 3_000;
const tries = 2;

function headersOf({ headers, authScheme }: HookChannel, value: string): Headers {
  const sent = new Headers({ accept: "application/json", "x-okta-verification-challenge": value });
  for (const header of headers) sent.set(header.key, header.value);
  if (authScheme) sent.set(authScheme.key, authScheme.value);
  return sent;
}

function isProof(text: string, value: string): boolean {
  try {
    return (JSON.parse(text) as { verification?: unknown } | null)?.verification === value;
  } catch {
    return false;
  }
}

async function ask(channel: HookChannel, value: string): Promise<ChallengeAnswer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(channel.uri, { headers: headersOf(channel, value), redirect: "manual", signal });
    const text = await response.text();
    if (response.status !== 200) return { kind: "failed", problem: `the endpoint answered ${response.status}` };
    return isProof(text, value) ? { kind: "proved" } : { kind: "failed", problem: "the endpoint did not return the challenge" };
  } catch (reason) {
    return { kind: "failed", problem: `the endpoint could not be reached (${(reason as Error).name})` };
  }
}

/** Sends the one-time verification request to the channel's uri: 3 s for an answer, and one retry, as Okta does. */
export async function challenge(channel: HookChannel, value: string): Promise<ChallengeAnswer> {
  let answer = await ask(channel, value);
  for (let tried = 1; tried < tries && answer.kind === "failed"; tried += 1) answer = await ask(channel, value);
  return answer;
}
