// A server that does next to nothing, so that the paths to it are what is measured.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const body = Buffer.from(JSON.stringify({ id: "00u", status: "ACTIVE", profile: { login: "user@example.com", about: "x".repeat(900) } }));
const headers = {
  "content-type": "application/json",
  "content-length": body.length,
  "x-okta-request-id": "r",
  "x-rate-limit-limit": "600",
  "x-rate-limit-remaining": "599",
  "x-rate-limit-reset": "1900000000",
};
const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
server.listen(0, "127.0.0.1", () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.once("disconnect", () => process.exit());
