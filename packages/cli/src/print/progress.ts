import cliProgress from "cli-progress";
import type { Shell } from "../shell.ts";
import { counted } from "./counted.ts";

/** How far a stream has got, as people watch it. */
export interface Progress {
  /** `pace` follows the count, as the controller tells it: `3,412 a second, 2m left`. */
  update(items: number, pace?: string): void;
  /** It is known by now how many there will be. */
  expect(total: number): void;
  stop(): void;
}

const lineEveryMs = 2_000;

/** A bar (or, without a total, a counter) that redraws itself on a terminal. */
function terminalProgress(shell: Shell, total: number | undefined, noun: string): Progress {
  const open = (expected: number | undefined): cliProgress.SingleBar => {
    const count = expected === undefined ? "{value}" : "[{bar}] {percentage}% · {value}/{total}";
    const format = `${count} ${noun}s · {duration_formatted}{pace}`;
    const bar = new cliProgress.SingleBar(
      { format, stream: shell.stderr, hideCursor: true, clearOnComplete: true, fps: 10, barsize: 30 },
      cliProgress.Presets.shades_classic,
    );
    bar.start(expected ?? 0, 0, { pace: "" });
    return bar;
  };
  let bar = open(total);
  let expected = total;
  return {
    update: (items, pace = "") => bar.update(items, { pace: pace && ` · ${pace}` }),
    expect(told) {
      if (told === expected) return;
      bar.stop();
      expected = told;
      bar = open(told);
    },
    stop: () => bar.stop(),
  };
}

/** A line now and then, for logs and pipes. */
function plainProgress(shell: Shell, noun: string): Progress {
  let saidAt = performance.now();
  return {
    update(items, pace = "") {
      if (performance.now() - saidAt < lineEveryMs) return;
      saidAt = performance.now();
      shell.note([counted(items, noun), pace].filter(Boolean).join(", "));
    },
    expect: () => undefined,
    stop: () => undefined,
  };
}

/** Shows progress on stderr: a bar on a terminal, plain lines elsewhere. */
export function showProgress(shell: Shell, total: number | undefined, noun = "item"): Progress {
  return shell.isProgressShown ? terminalProgress(shell, total, noun) : plainProgress(shell, noun);
}
