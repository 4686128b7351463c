import { LongarmError } from "@longarm/shared";

type Label = string | readonly string[];

const form = /^([A-Za-z_][A-Za-z0-9_]{0,62})=(.+)$/s;

/** Labels as they are typed: `site=hq`; a value with a comma is a list (`capabilities=rest,okta`; `tier=prod,` is a list of one). */
export function readLabels(texts: readonly string[]): Readonly<Record<string, Label>> {
  const labels: Record<string, Label> = {};
  for (const text of texts) {
    const [, name = "", value = ""] = form.exec(text) ?? [];
    if (name === "") throw new LongarmError("invalid_usage", `--label ${text}: expected NAME=VALUE, such as site=hq.`);
    if (Object.hasOwn(labels, name))
      throw new LongarmError("invalid_usage", `--label ${name} stands twice; a list is written ${name}=a,b.`);
    labels[name] = value.includes(",") ? value.split(",").filter(Boolean) : value;
  }
  return labels;
}
