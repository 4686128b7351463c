import { LongarmError } from "@longarm/shared";

const full = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const passing = new Set(["EIO", "EMFILE", "ENFILE", "EAGAIN", "EBUSY", "ENOMEM", "ESTALE"]);

/** What a failure of a file under `directory` means. A LongarmError stays as it is. */
export function fileFault(reason: unknown, directory: string): LongarmError {
  if (reason instanceof LongarmError) return reason;
  const { code = "", message } = reason as NodeJS.ErrnoException;
  const options = { cause: reason, details: { directory } };
  if (full.has(code))
    return new LongarmError("sink_full", `There is no room left under ${directory}: ${message}. Free space; nothing is lost meanwhile.`, {
      ...options,
      retryable: true,
    });
  if (passing.has(code))
    return new LongarmError("sink_unavailable", `${directory} cannot be used just now: ${message}.`, { ...options, retryable: true });
  return new LongarmError("sink_rejected", `${directory} cannot be written to: ${message}.`, options);
}
