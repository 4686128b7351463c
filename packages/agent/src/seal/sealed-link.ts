import { type AgentId, field, reportOfSubject } from "@longarm/shared";
import type { FieldLink } from "../link.ts";
import type { FieldWords } from "./field-words.ts";

/** The agent's way to the controllers on which words travel sealed. Calls and askings pass as they are: they have seals of their own. */
export function sealedLink(link: FieldLink, agentId: AgentId, words: Pick<FieldWords, "seal" | "open">): FieldLink {
  // What a controller acts on beside a call is signed; what only tells is not.
  const incoming: Readonly<Record<string, boolean>> = {
    [field.ask(agentId)]: true,
    [field.desired(agentId)]: true,
    [field.jwt(agentId)]: true,
    [field.delivered(agentId)]: false,
    [field.clockTold(agentId)]: false,
  };
  const outgoing = (subject: string): boolean | undefined => {
    if (subject === field.beat(agentId)) return false;
    return { told: true, clock: false }[reportOfSubject(subject)];
  };
  return {
    publish: (subject, payload) => {
      const isSigned = outgoing(subject);
      const message = isSigned === undefined ? payload : words.seal(subject, payload, isSigned);
      if (message) link.publish(subject, message);
    },
    subscribe: (pattern, listener) =>
      link.subscribe(pattern, ({ subject, payload }) => {
        const mustBeSigned = incoming[subject];
        const said = mustBeSigned === undefined ? payload : words.open(subject, payload, mustBeSigned)?.payload;
        if (said) listener({ subject, payload: said });
      }),
    onReconnect: (listener) => link.onReconnect(listener),
    isPrivate: link.isPrivate,
    flush: () => link.flush(),
    close: () => link.close(),
  };
}
