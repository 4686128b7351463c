import { formatDuration, LongarmError, readDuration } from "@longarm/shared";
import { nameFaults, type PlacedFault } from "@longarm/shared/schema";
import { compileShortForm } from "@longarm/shared/selector";
import { Type, type Static } from "typebox";
import type { Connection, Placement, PlacementRule, Revised } from "../../ports/connection-store.ts";
import { toRfc3339 } from "../moments.ts";
import { closed, definitionName, revisionMembers } from "../schemas.ts";
import { SelectorForm } from "./run-form.ts";

function duration(meaning: string) {
  return Type.String({ minLength: 2, maxLength: 40, description: `${meaning}, such as \`10m\` or \`1h30m\`.` });
}

const rule = {
  require: Type.Optional({ ...SelectorForm, description: "Which agents may carry a call: CEL, or a short form." }),
  prefer: Type.Optional(
    Type.Array(closed({ when: SelectorForm, weight: Type.Number({ minimum: -1_000, maximum: 1_000 }) }), {
      maxItems: 20,
      description: "Which agents are preferred among those: each that matches adds its weight.",
    }),
  ),
  waitFor: Type.Optional(duration("How long a run waits for an agent")),
};
const RuleForm = closed(rule);
const PlacementForm = closed({
  on: Type.Optional(Type.Enum(["local", "agent", "either"], { description: "Where calls run; `local` unless told." })),
  ...rule,
  whenNone: Type.Optional(
    Type.Enum(["wait", "fail", "local", "next"], { description: "What becomes of a run while no agent matches; `wait` unless told." }),
  ),
  next: Type.Optional(Type.Array(RuleForm, { minItems: 1, maxItems: 10, description: "With `whenNone: next`: the stages, in order." })),
});

const formExample = {
  baseUrl: "https://acme.okta.com",
  credential: "acme",
  placement: { on: "agent", require: "labels.site == 'hq'", whenNone: "wait", waitFor: "10m" },
};

/** A connection as people write it; durations are text, selectors may be short forms. */
export const ConnectionForm = closed(
  {
    name: Type.Optional({ ...definitionName, description: "The name in the path, if at all." }),
    baseUrl: Type.String({ minLength: 1, maxLength: 2_000, description: "`https://` or `http://`, host, and perhaps a path." }),
    credential: Type.Optional({ ...definitionName, description: "Absent: calls carry none." }),
    placement: Type.Optional(PlacementForm),
    timeout: Type.Optional(duration("How long a call may take, 10m at most")),
    maxResponseBytes: Type.Optional(Type.Integer({ minimum: 1_024, maximum: 1_073_741_824 })),
  },
  { examples: [formExample] },
);

/** A connection as it is shown: as it was written, its defaults filled in and its selectors in CEL. */
export const ConnectionSchema = Type.Object(
  {
    name: definitionName,
    baseUrl: Type.String(),
    credential: Type.Optional(definitionName),
    placement: PlacementForm,
    timeout: duration("How long a call may take"),
    maxResponseBytes: Type.Integer(),
    ...revisionMembers,
  },
  { $id: "Connection" },
);

type RuleInput = Static<typeof RuleForm>;
type ConnectionInput = Static<typeof ConnectionForm>;

const defaults = { timeoutMs: 30_000, maxResponseBytes: 64 * 1_048_576 } as const;
const longestTimeoutMs = 600_000;

/** Gathers every fault of a form before it refuses it. */
class FormReader {
  readonly #faults: PlacedFault[] = [];
  #unreadSelectors = 0;

  fault(pointer: string, problem: string): void {
    this.#faults.push({ in: "body", pointer, problem });
  }

  selector(pointer: string, form: Static<typeof SelectorForm>): string {
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
  refuseFaults(name: string): void {
    const faults = this.#faults;
    if (faults.length === 0) return;
    const code = faults.length === this.#unreadSelectors ? "invalid_selector" : "invalid_request";
    throw new LongarmError(code, `The connection "${name}" has ${nameFaults(faults)}.`, { details: { faults } });
  }
}

function readRule(reader: FormReader, at: string, form: RuleInput): PlacementRule {
  const { require: required, prefer, waitFor } = form;
  return {
    ...(required !== undefined && { require: reader.selector(`${at}/require`, required) }),
    ...(prefer !== undefined && {
      prefer: prefer.map(({ when, weight }, i) => ({ when: reader.selector(`${at}/prefer/${i}/when`, when), weight })),
    }),
    ...(waitFor !== undefined && { waitForMs: reader.duration(`${at}/waitFor`, waitFor) }),
  };
}

function checkPlacement(reader: FormReader, { on, next, ...form }: Placement): void {
  const chooses = form.require !== undefined || form.prefer !== undefined || next !== undefined || form.waitForMs !== undefined;
  if (on === "local" && chooses) reader.fault("/placement", 'chooses among agents, yet `on` is "local"');
  if ((form.whenNone === "next") !== (next !== undefined))
    reader.fault("/placement/next", 'must be given exactly when `whenNone` is "next"');
  if (form.waitForMs !== undefined && form.whenNone !== "wait" && form.whenNone !== "next")
    reader.fault("/placement/waitFor", 'has a meaning only with `whenNone` "wait" or "next"');
}

function readPlacement(reader: FormReader, form: NonNullable<ConnectionInput["placement"]>): Placement {
  const placement: Placement = {
    on: form.on ?? "local",
    ...readRule(reader, "/placement", form),
    whenNone: form.whenNone ?? "wait",
    ...(form.next !== undefined && { next: form.next.map((one, i) => readRule(reader, `/placement/next/${i}`, one)) }),
  };
  checkPlacement(reader, placement);
  return placement;
}

/** The connection that a form describes; every fault of it at once as `invalid_request`, or `invalid_selector` where that is the only one. */
export function readConnection(name: string, form: ConnectionInput): Connection {
  const reader = new FormReader();
  if (form.name !== undefined && form.name !== name) reader.fault("/name", `differs from the name in the path, "${name}"`);
  const timeoutMs = form.timeout === undefined ? defaults.timeoutMs : reader.duration("/timeout", form.timeout);
  if (timeoutMs > longestTimeoutMs) reader.fault("/timeout", `must not exceed ${formatDuration(longestTimeoutMs)}`);
  const connection: Connection = {
    name,
    baseUrl: reader.baseUrl(form.baseUrl),
    ...(form.credential !== undefined && { credential: form.credential }),
    placement: readPlacement(reader, form.placement ?? {}),
    timeoutMs,
    maxResponseBytes: form.maxResponseBytes ?? defaults.maxResponseBytes,
  };
  reader.refuseFaults(name);
  return connection;
}

function viewRule({ waitForMs, ...rest }: PlacementRule): Record<string, unknown> {
  return { ...rest, ...(waitForMs !== undefined && { waitFor: formatDuration(waitForMs) }) };
}

/** A connection in the form in which it is written, with its revision. */
export function viewConnection({ value, revision, updatedAt }: Revised<Connection>): Record<string, unknown> {
  const { placement, timeoutMs, ...rest } = value;
  const { next, on, whenNone, ...own } = placement;
  const stages = next === undefined ? {} : { next: next.map(viewRule) };
  return {
    ...rest,
    placement: { on, ...viewRule(own), whenNone, ...stages },
    timeout: formatDuration(timeoutMs),
    revision,
    updatedAt: toRfc3339(updatedAt),
  };
}
