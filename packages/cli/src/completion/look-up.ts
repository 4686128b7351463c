import type { ApiClient } from "../api/api-client.ts";
import type { RecordKindList } from "../api/record-types.ts";
import type { ActionDetails, ActionSummary, FlowSummary, RunList } from "../api/types.ts";
import type { Candidate } from "./candidates.ts";

/** Something that the controller is asked for. */
export type Lookup =
  | {
      readonly kind:
        | "actions"
        | "flows"
        | "connections"
        | "credentials"
        | "agents"
        | "runs"
        | "schedules"
        | "records"
        | "triggers"
        | "samples";
    }
  | { readonly kind: "inputs"; readonly action: string; readonly partial: string };

interface Named {
  readonly name: string;
}

interface Choices {
  readonly choices: readonly { readonly label: string; readonly value: string | number }[] | null;
  readonly fields: readonly { readonly name: string; readonly label: string }[] | null;
}

function named(list: readonly Named[]): readonly Candidate[] {
  return list.map(({ name }) => ({ word: name }));
}

/** Asks the controller. Whoever presses a key does not wait: what does not come before the signal is aborted is not shown. */
export async function lookUp(api: ApiClient, lookup: Lookup, signal: AbortSignal): Promise<readonly Candidate[]> {
  switch (lookup.kind) {
    case "actions": {
      const { actions } = await api.get<{ actions: readonly ActionSummary[] }>("/v1/actions", { signal });
      return actions.map(({ name, title }) => ({ word: name, meaning: title }));
    }
    case "flows": {
      const { flows } = await api.get<{ flows: readonly FlowSummary[] }>("/v1/flows", { signal });
      return flows.map(({ name, title }) => ({ word: name, meaning: title }));
    }
    case "connections":
      return named((await api.get<{ connections: readonly Named[] }>("/v1/connections", { signal })).connections);
    case "credentials":
      return named((await api.get<{ credentials: readonly Named[] }>("/v1/credentials", { signal })).credentials);
    case "agents":
      return named((await api.get<{ agents: readonly Named[] }>("/v1/agents", { signal })).agents);
    case "schedules":
      return named((await api.get<{ schedules: readonly Named[] }>("/v1/schedules", { signal })).schedules);
    case "records": {
      const { kinds } = await api.get<RecordKindList>("/v1/records", { signal });
      return kinds.map(({ kind }) => ({ word: kind }));
    }
    case "triggers":
      return named((await api.get<{ triggers: readonly Named[] }>("/v1/triggers", { signal })).triggers);
    case "samples":
      return named((await api.get<{ samples: readonly Named[] }>("/v1/trigger-samples", { signal })).samples);
    case "runs": {
      const { runs } = await api.get<RunList>("/v1/runs?limit=20", { signal });
      return runs.map(({ id, action, status }) => ({ word: id, meaning: `${action} ${status}` }));
    }
    case "inputs":
      return inputs(api, lookup, signal);
  }
}

async function inputs(
  api: ApiClient,
  { action, partial }: { readonly action: string; readonly partial: string },
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const path = `/v1/actions/${encodeURIComponent(action)}`;
  const { properties = {} } = (await api.get<ActionDetails>(path, { signal })).input;
  const [member = "", begun] = partial.split("=", 2);
  if (begun === undefined) {
    const [outer = "", inner] = member.split(".", 2);
    if (inner === undefined)
      return Object.entries(properties).map(([name, { description = "" }]) => ({ word: `${name}=`, meaning: description }));
    const { fields } = await api.get<Choices>(`${path}/choices/${encodeURIComponent(outer)}`, { signal });
    return (fields ?? []).map(({ name, label }) => ({ word: `${outer}.${name}=`, meaning: label }));
  }
  const fixed = properties[member]?.enum ?? (properties[member]?.type === "boolean" ? [true, false] : undefined);
  if (fixed) return fixed.map((value) => ({ word: `${member}=${String(value)}` }));
  const { choices } = await api.get<Choices>(`${path}/choices/${encodeURIComponent(member)}`, { signal });
  return (choices ?? []).map(({ label, value }) => ({ word: `${member}=${value}`, meaning: label }));
}
