// A folder with flows of one's own, and a carrier that runs them in a thread.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Lifecycle, type LogEntry } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createCatalogue } from "@longarm/spoke";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import type { OwnFlows } from "../ports/own-flows.ts";
import { type Carrying, withCarrying } from "../run/carrying.fixture.ts";
import { thingSpoke } from "../run/thing-spoke.fixture.ts";
import { openOwnFlows } from "./open-own-flows.ts";

const settings = { blockedAfterMs: 5_000, idleAfterMs: 30_000, memoryMb: 128 };

/** The files of a folder, by their names. */
export type Files = Readonly<Record<string, string>>;

/** A file that exports one flow whose `run` has this body; `ctx` and `input` are at hand. */
export function flowFile(name: string, body: string, { version = 1, output = "Type.Unknown()", before = "" } = {}): string {
  return `import { flow, LongarmError } from "@longarm/spoke";
import Type from "typebox";
${before}
export const made = flow({
  name: "${name}", title: "Test", summary: "A test.", version: ${version},
  input: Type.Object({ name: Type.String({ default: "ada" }) }, { additionalProperties: false }), output: ${output},
  async run(ctx, input) { ${body} },
});
`;
}

/** Runs `body` with the flows of a folder, which the settings say more about. */
export async function withFolder(
  files: Files,
  body: (of: { readonly own: OwnFlows; readonly directory: string }) => Promise<void>,
  more: Partial<typeof settings> = {},
): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), text);
    }
    const lifecycle = new Lifecycle();
    try {
      const opening = { catalogue: createCatalogue([thingSpoke]), logger: silentLogger, lifecycle };
      const own = await openOwnFlows({ ...settings, directory, ...more }, opening);
      if (own) await body({ own, directory });
    } finally {
      await lifecycle.close();
    }
  });
}

/** Runs `body` with a carrier for the flows of a folder. */
export function withFolderCarried(
  files: Files,
  body: (world: Carrying & { readonly directory: string }) => Promise<void>,
  more: Partial<typeof settings> = {},
): Promise<void> {
  return withFolder(
    files,
    ({ own, directory }) =>
      withCarrying(
        (world) => {
          Object.assign(world.deps, { ownFlows: own });
          return body(Object.assign(world, { directory }));
        },
        undefined,
        own.flows,
      ),
    more,
  );
}

/** How a run has ended by its log. */
export function endOf(entries: readonly LogEntry[]) {
  const last = entries.at(-1);
  if (last?.kind !== "completed") throw new Error(`it ended with ${last?.kind}`);
  const output = last.output?.kind === "inline" ? (JSON.parse(new TextDecoder().decode(last.output.bytes)) as unknown) : null;
  return { status: last.status, code: last.error?.code, message: last.error?.message ?? "", details: last.error?.details, output };
}
