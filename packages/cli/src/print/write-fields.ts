import type { Schema } from "../api/types.ts";
import type { Shell } from "../shell.ts";
import { fieldsOf } from "./schema-fields.ts";

/** Writes the fields of a schema as a table under a title; nothing where there is no schema. */
export async function writeFields(shell: Shell, title: string, schema: Schema | undefined): Promise<void> {
  if (!schema) return;
  const fields = fieldsOf(schema);
  await shell.write(`\n${shell.look("bold", title)}\n`);
  if (fields.length === 0) return shell.write("  none\n");
  const rows = fields.map(({ path, type, required, note }) => [`  ${path}${required ? " *" : ""}`, type, note]);
  await shell.table(["  field", "type", ""], rows);
}
