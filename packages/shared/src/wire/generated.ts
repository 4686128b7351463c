import protobuf from "protobufjs/minimal.js";
import { longarm } from "./gen/wire.js";

// Without this a 64-bit member decodes to an object when the `long` package happens to be installed.
protobuf.util.Long = null as unknown as typeof protobuf.util.Long;
protobuf.configure();

/** The generated codec of `proto/longarm/v1`. Only this folder uses it. */
export const wire = longarm.v1;
export type { longarm } from "./gen/wire.js";
