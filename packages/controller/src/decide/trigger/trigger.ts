/** How long a chain of flows that start one another may become. */
export const longestChain = 8;

/** The name under which a trigger submits runs. No API key and no issuer's token can bear one with this beginning. */
export function principalOf(trigger: string): string {
  return `${triggerPrefix}${trigger}`;
}

const triggerPrefix = "trigger:";

/** Is this who submitted a run by a trigger? Then nobody has its secret outputs. */
export function isTriggerPrincipal(principal: string): boolean {
  return principal.startsWith(triggerPrefix);
}
