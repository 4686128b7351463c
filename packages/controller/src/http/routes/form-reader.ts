import { LongarmError, readDuration } from "@longarm/shared";
import { nameFaults, type PlacedFault } from "@longarm/shared/schema";
import { compileShortForm } from "@longarm/shared/selector";
import { Type } from "typebox";

/** A duration as people write it. */
export function duration(meaning: string) {
  return Type.String({ minLength: 2, maxLength: 40, description: `${meaning}, such as \`10m\` or \`1h30m\`.` });
}

/** Gathers every fault of a form before it refuses it. */
export class FormReader {
  readonly #faults: PlacedFault[] = [];
  #unreadSelectors = 0;

  fault(pointer: string, problem: string): void {
    this.#faults.push({ in: "body", pointer, problem });
  }

  selector(pointer: string, form: Parameters<typeof compileShortForm>[0]): string {
    try {
      return compileShortForm(form);
    } catch (reason) {
      const error = LongarmError.from(reason);
      if (error.code !== "invalid_selector") throw error;
      this.#unreadSelectors += 1;
      this.fault(pointer, `is no selector: ${error.message}`);
      return "false";
    }
  }

  duration(pointer: string, text: string): number {
    const ms = readDuration(text);
    if (ms === undefined) this.fault(pointer, "must be a duration such as 10m");
    return ms ?? 0;
  }

  /** A duration that is no wait at all would make everything fail that it bounds. */
  span(pointer: string, text: string): number {
    const ms = this.duration(pointer, text);
    if (readDuration(text) === 0) this.fault(pointer, "must be longer than nothing");
    return ms;
  }

  /** Origin and path prefix, without a trailing slash. */
  baseUrl(text: string): string {
    if (!/^https?:\/\//i.test(text)) this.fault("/baseUrl", "must begin with https:// or http://, such as https://acme.okta.com");
    else if (!URL.canParse(text))
      this.fault("/baseUrl", "names no host and port that there can be; write it as https://HOST or https://HOST:PORT");
    else return this.#checkedUrl(new URL(text));
    return text;
  }

  #checkedUrl(url: URL): string {
    if (url.username !== "" || url.password !== "") this.fault("/baseUrl", "must not hold a user name or password; define a credential");
    if (url.search !== "" || url.hash !== "") this.fault("/baseUrl", "must end with its path: no query, no fragment");
    return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  }

  /** Throws every fault at once: `invalid_request`, or `invalid_selector` where selectors are all that is wrong. */
  refuseFaults(subject: string): void {
    const faults = this.#faults;
    if (faults.length === 0) return;
    const code = faults.length === this.#unreadSelectors ? "invalid_selector" : "invalid_request";
    throw new LongarmError(code, `${subject} has ${nameFaults(faults)}.`, { details: { faults } });
  }
}
