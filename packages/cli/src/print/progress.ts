import cliProgress from "cli-progress";
import type { Shell } from "../shell.ts";
import { counted } from "./counted.ts";

/** How far a stream has got, as people watch it. */
export interface Progress {
  update(items: number): void;
  stop(): void;
}

const lineEveryMs = 2_000;

/** A bar (or, without a total, a counter) that redraws itself on a terminal. */
function terminalProgress(shell: Shell, total: number | undefined, noun: string): Progress {
  const count = total === undefined ? "{value}" : "[{bar}] {percentage}% · {value}/{total}";
  const format = `${count} ${noun}s · {duration_formatted}`;
  const bar = new cliProgress.SingleBar(
    { format, stream: shell.stderr, hideCursor: true, clearOnComplete: true, fps: 10, barsize: 30 },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total ?? 0, 0);
  return { update: (items) => bar.update(items), stop: () => bar.stop() };
}

/** A line now and then, for logs and pipes. */
function plainProgress(shell: Shell, noun: string): Progress {
  let saidAt = performance.now();
  return {
    update(items) {
      if (performance.now() - saidAt < lineEveryMs) return;
      saidAt = performance.now();
      shell.note(counted(items, noun));
    },
    stop: () => undefined,
  };
}

/** Shows progress on stderr: a bar on a terminal, plain lines elsewhere. */
export function showProgress(shell: Shell, total: number | undefined, noun = "item"): Progress {
  return shell.isProgressShown ? terminalProgress(shell, total, noun) : plainProgress(shell, noun);
}
