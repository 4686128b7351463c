// The agent's work done by hand: a request from NATS, one call by undici, the answer as the reply.
import { connect, jwtAuthenticator } from "@nats-io/transport-node";
import { Pool } from "undici";

const { url, target, jwt, seed } = JSON.parse(process.argv[2] ?? "{}") as { url: string; target: string; jwt: string; seed: string };
const authenticator = jwtAuthenticator(jwt, new TextEncoder().encode(seed));
const connection = await connect({ servers: url, authenticator, noAsyncTraces: true });
const pool = new Pool(target, { connections: 128, pipelining: 1 });
connection.subscribe("agent.hop.call", {
  callback: (_fault, message) => {
    const controller = message.string();
    void pool
      .request({ path: "/api/v1/users/1", method: "GET" })
      .then((answer) => answer.body.bytes())
      .then((bytes) => connection.publish(`ctl.hop.from.hop.${controller}`, bytes));
  },
});
await connection.flush();
process.send?.({ ready: true });
process.once("disconnect", () => process.exit());
