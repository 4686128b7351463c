import { doesNotThrow, equal, match, rejects, throws } from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";
import { assertMayListen } from "./listen-rule.ts";

const test = suite("listening");
const pairs = new URL("../../../../test/support/certificates/", import.meta.url);

function put(directory: string, name: "first" | "second"): void {
  copyFileSync(new URL(`${name}.key`, pairs), join(directory, "tls.key"));
  copyFileSync(new URL(`${name}.crt`, pairs), join(directory, "tls.crt"));
}

interface Seen {
  readonly status: number | undefined;
  readonly subject: string;
  readonly hsts: string | undefined;
}

/** What a client sees that asks over a connection of its own, whoever the certificate is by. */
function look(port: number, path = "/healthz"): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path, agent: false, rejectUnauthorized: false }, (response) => {
      const subject = String((response.socket as TLSSocket).getPeerCertificate().subject.CN);
      response.resume().once("end", () => {
        resolve({ status: response.statusCode, subject, hsts: response.headers["strict-transport-security"] });
      });
    });
    asking.once("error", reject).end();
  });
}

test("serves TLS by its files, and takes changed ones up without a restart; broken ones change nothing", async () => {
  await withTemporaryDirectory(async (directory) => {
    put(directory, "first");
    const tls = { certFile: join(directory, "tls.crt"), keyFile: join(directory, "tls.key") };
    await withScriptedController(
      async ({ port, url }) => {
        match(url, /^https:\/\/127\.0\.0\.1:/);
        const seen = await look(port, "/v1/runs");
        equal(seen.status, 401);
        equal(seen.hsts, "max-age=31536000");
        equal(seen.subject, "first test certificate");
        put(directory, "second");
        await until("the second certificate is served", async () => (await look(port)).subject === "second test certificate");
        writeFileSync(tls.certFile, "broken");
        equal((await look(port)).subject, "second test certificate");
        await rejects(fetch(`http://127.0.0.1:${port}/healthz`));
      },
      { tls },
    );
  });
});

test("does not start with a key that is not the certificate's", async () => {
  await withTemporaryDirectory(async (directory) => {
    put(directory, "first");
    copyFileSync(new URL("second.key", pairs), join(directory, "tls.key"));
    const tls = { certFile: join(directory, "tls.crt"), keyFile: join(directory, "tls.key") };
    await rejects(
      withScriptedController(async () => undefined, { tls }),
      { code: "invalid_configuration", message: /cannot be used/ },
    );
  });
});

test("goes beyond this machine only with TLS, or where somebody has said that a proxy does it", () => {
  for (const host of ["0.0.0.0", "::", "10.0.0.5", "longarm.example.com", "127.0.0.1.example.com", "localhost.example.com", ""]) {
    throws(() => assertMayListen({ host, plainHttp: false }), { code: "invalid_configuration", message: /in the clear/ }, host);
    doesNotThrow(() => assertMayListen({ host, plainHttp: true }));
    doesNotThrow(() => assertMayListen({ host, plainHttp: false, tls: {} }));
  }
  for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"])
    doesNotThrow(() => assertMayListen({ host, plainHttp: false }));
});

test.run();
