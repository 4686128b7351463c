import { LongarmError } from "@longarm/shared";
import type { FastifyInstance, FastifyRequest } from "fastify";

const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];
const wildcards = new Set(["0.0.0.0", "::", "[::]"]);

/** The authorities (`host:port`, lower case) under which this controller may be asked. */
export interface ExpectedOrigins {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

/** A name that may stand with a port and, when the port is the scheme's own, without. */
function withPort(host: string, port: number, own: number): string[] {
  return port === own ? [`${host}:${port}`, host] : [`${host}:${port}`];
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

/** What is expected of a server that is bound there: the loopback names, the bound address itself, the public URL's, and other pages' that are let in. */
export function expectedOrigins(
  bound: { readonly scheme: "http" | "https"; readonly host: string; readonly port: number },
  more: { readonly publicUrl?: string | undefined; readonly others?: readonly string[] } = {},
): ExpectedOrigins {
  const { publicUrl, others = [] } = more;
  const ownPort = bound.scheme === "https" ? 443 : 80;
  const names = wildcards.has(bound.host) ? loopbackNames : [...new Set([...loopbackNames, bracketed(bound.host.toLowerCase())])];
  const hosts = new Set(names.flatMap((name) => withPort(name, bound.port, ownPort)));
  const origins = new Set([...others.map((origin) => origin.toLowerCase()), ...[...hosts].map((host) => `${bound.scheme}://${host}`)]);
  if (publicUrl !== undefined) {
    const url = new URL(publicUrl);
    hosts.add(url.host);
    origins.add(url.origin);
  }
  return { hosts, origins };
}

function refusal(header: string, value: string): LongarmError {
  const message = `${header} "${value.slice(0, 200)}" is not an address of this controller; reach it by its own address or set \`publicUrl\`.`;
  return new LongarmError("origin_not_allowed", message);
}

/** The refusal that a request deserves, or undefined. A page elsewhere whose name was rebound to this address is stopped here. */
export function refuseForeignOrigin(request: FastifyRequest, expected: ExpectedOrigins): LongarmError | undefined {
  const { host = "", origin } = request.headers;
  if (!expected.hosts.has(host.toLowerCase())) return refusal("Host", host);
  if (origin !== undefined && !expected.origins.has(origin.toLowerCase())) return refusal("Origin", origin);
  return undefined;
}

/** Refuses requests from foreign places, except on the routes that probes ask by whatever name they have. */
export function checkOrigins(app: FastifyInstance, expected: () => ExpectedOrigins): void {
  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.config.probe) return;
    const refused = refuseForeignOrigin(request, expected());
    if (refused) throw refused;
  });
}
