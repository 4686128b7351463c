/** Something that was done to an object of the org; kept in the effect ledger, and told by the system log. */
export interface Effect {
  /** What happened, as `<noun>.<verb in the past>`: `user.created`, `group.memberAdded`. */
  readonly effect: string;
  /** Id of the object; a membership is `<group id>/<user id>`. */
  readonly object: string;
  /** False when the object stood so already. */
  readonly changed: boolean;
  /** Id of the group rule that did it; absent: whoever sent the request. */
  readonly byRule?: string;
  /** Names of the attributes of the profile that are now others. */
  readonly attributes?: readonly string[];
}

/** An effect that changed its object. */
export function changed(effect: string, object: string, more: Pick<Effect, "byRule" | "attributes"> = {}): Effect {
  return { effect, object, changed: true, ...more };
}
