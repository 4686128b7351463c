import { LongarmError } from "@longarm/shared";

/** What a flow of one's own is called in its three places. */
export interface FlowName {
  /** As users type it. */
  readonly name: string;
  /** Without an extension. */
  readonly file: string;
  /** The constant that holds it. */
  readonly constant: string;
}

const whole = /^[a-z]+(\.[a-zA-Z]+)+$/;
const short = /^[a-zA-Z]+(-[a-zA-Z]+)*$/;

/** Reads `acme.user.welcome`, or `welcome` for short, which is `own.flow.welcome`. Throws `invalid_usage` for what no flow may be called. */
export function readFlowName(given: string): FlowName {
  const last = given.split(".").at(-1) ?? "";
  const constant = last.replaceAll(/-(.)/g, (_all, letter: string) => letter.toUpperCase()).replace(/^./, (letter) => letter.toLowerCase());
  const isShort = short.test(given);
  if (!isShort && !whole.test(given))
    throw new LongarmError(
      "invalid_usage",
      `"${given}" is no name for a flow; it takes owner.noun.verb, letters only and the first part in lower case, such as acme.user.welcome, or welcome for short.`,
    );
  const file = constant.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { name: isShort ? `own.flow.${constant}` : given, file, constant };
}
