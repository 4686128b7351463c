import { seededLogin } from "@longarm/sandbox";
import { Pool } from "undici";
import { load } from "./support/load.ts";
import { peakMegabytes, startPart } from "./support/part.ts";
import { processorMs } from "./support/processor.ts";

const users = 1_000_000;
const requests = 40_000;
const width = 32;
/** A simulated org of a million users: its start, its memory, and single-user reads. */
export const bench = {
  name: "sandbox",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const part = await startPart("sandbox", { users });
    const { url, token, startMs } = part.ready as { url: string; token: string; startMs: number };
    const pool = new Pool(url, { connections: width, pipelining: 1 });
    let asked = 0;
    const read = async (): Promise<void> => {
      // A step that shares no factor with the number of users meets each of them before it meets one again.
      const path = `/api/v1/users/${seededLogin((asked++ * 7_919) % users)}`;
      const { statusCode, body } = await pool.request({ path, method: "GET", headers: { authorization: `SSWS ${token}` } });
      await body.bytes();
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
    };
    try {
      await load(requests / 2, width, read);
      const before = processorMs(part.pid);
      const { perSecond } = await load(requests, width, read);
      const perCore = requests / ((processorMs(part.pid) - before) / 1_000);
      const megabytes = peakMegabytes(part.pid);
      print(`sandbox: ${users.toLocaleString("en")} users`);
      print(`  start            ${(startMs / 1_000).toFixed(2)} s (aim < 15)   peak ${megabytes.toFixed(0)} MB (aim < 1,500)`);
      print(`  single-user GET  ${perSecond.toFixed(0)}/s, ${perCore.toFixed(0)}/s a core of its own (aim ≥ 5,000)`);
      return { startMs, megabytes, perSecond, perCore };
    } finally {
      await pool.close();
      await part.stop();
    }
  },
};
