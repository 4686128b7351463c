import assert from "node:assert/strict";
import { join } from "node:path";
import { systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { SignerClient } from "../../packages/controller/src/trust/signer-client.ts";
import { serveSigner } from "../../packages/controller/src/trust/signer-server.ts";
import { embeddedTrust, newTrustSeeds, rotated, withoutRetired } from "../../packages/controller/src/trust/trust-keys.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { executorOf, never, requestTo, until, withField, withTarget } from "../support/field.ts";
import { suite } from "../support/suite.ts";

const test = suite("calls under the installation's keys");

test("agents follow a signer that comes back with fresh keys, without a call that fails", () =>
  withTarget(
    (_, response) => response.end("{}"),
    (baseUrl) =>
      withTemporaryDirectory(async (home) => {
        const socket = join(home, "signer.sock");
        const seeds = newTrustSeeds();
        const common = { socket, clock: systemClock, logger: silentLogger };
        const first = await serveSigner({ ...common, seeds });
        const client = await SignerClient.open(socket);
        await withField(
          async ({ agent, directory }) => {
            const { id } = await agent();
            const send = () => executorOf(directory, id).send(requestTo(baseUrl), never);
            assert.equal((await send()).kind, "response");
            await first.close();
            const away = await send();
            assert(away.kind === "failure" && away.delivery === "not_sent");
            assert.equal(away.error.code, "signer_unavailable");
            const second = await serveSigner({ ...common, seeds: rotated(seeds) });
            assert.equal((await send()).kind, "response");
            await second.close();
          },
          { trust: client },
        );
        await client.close();
      }),
  ));

test(
  "a controller started with fresh keys takes agents along; once the old ones are dropped, one that has them says nothing to agents",
  () =>
    withTarget(
      (_, response) => response.end("{}"),
      (baseUrl) => {
        const seeds = newTrustSeeds();
        const fresh = rotated(seeds);
        return withField(
          async ({ agent, directory, controller }) => {
            const { id } = await agent();
            const next = await controller({ trust: embeddedTrust(fresh) });
            await until(next, () => next.find(id)?.state === "up");
            for (const one of [directory, next]) assert.equal((await executorOf(one, id).send(requestTo(baseUrl), never)).kind, "response");
            const last = await controller({ trust: embeddedTrust(withoutRetired(fresh)) });
            await until(last, () => last.find(id)?.state === "up");
            assert.equal((await executorOf(last, id).send(requestTo(baseUrl), never)).kind, "response");
            const old = await executorOf(directory, id).send(requestTo(baseUrl), never);
            assert.equal(old.kind, "failure");
          },
          { trust: embeddedTrust(seeds) },
        );
      },
    ),
  { timeoutMs: 30_000 },
);

test.run();
