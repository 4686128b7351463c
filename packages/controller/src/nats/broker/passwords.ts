import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { Secret } from "@longarm/shared";
import { createPrivateFile, readPrivateFile } from "@longarm/shared/seal";
import type { BrokerPasswords } from "./configuration.ts";

const names = ["control", "field", "agent"] as const;

/** The embedded broker's passwords, made at the first start and kept in a file of mode 600. `agent` is the enrolment token. */
export function ensureBrokerPasswords(file: string): BrokerPasswords {
  if (!existsSync(file)) {
    const made = Object.fromEntries(names.map((name) => [name, randomBytes(24).toString("base64url")]));
    createPrivateFile(file, `${JSON.stringify(made, null, 2)}\n`);
  }
  const kept = JSON.parse(readPrivateFile(file)) as Record<(typeof names)[number], string>;
  return { control: new Secret(kept.control), field: new Secret(kept.field), agent: new Secret(kept.agent) };
}
