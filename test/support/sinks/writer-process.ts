/** A process that writes a numbered load to a sink and tells each batch that stands: to be killed. Argument: {spec, writer} as JSON. */
import type { WriterIdentity } from "@longarm/sync";
import { writeNumbered } from "./numbered-batches.ts";
import { makeSink, type SinkSpec } from "./places.ts";

const { spec, writer } = JSON.parse(process.argv[2] ?? "") as { readonly spec: SinkSpec; readonly writer: WriterIdentity };
await writeNumbered(makeSink(spec), writer, (n) => process.stdout.write(`committed ${n}\n`));
