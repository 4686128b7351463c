import type { ControlAnswer, ControlRequest, ControlRoute } from "../http/control.ts";
import { faultKinds, type Faults } from "../http/faults.ts";
import type { Ledger } from "../http/ledger.ts";
import { readFault } from "../http/read-fault.ts";
import type { RequestLog } from "../http/request-log.ts";
import type { Deliveries } from "../state/hooks/deliveries.ts";
import type { Org } from "../state/org.ts";
import { loseApps } from "../state/apps/access.ts";
import { changeUser } from "../state/users/lifecycle.ts";
import { accessRoutes } from "./sandbox-access.ts";
import { keyRoutes } from "./sandbox-keys.ts";
import { ownEndpoint } from "../state/seed/seed-hook.ts";
import { isUserStatus, userStatuses } from "../state/users/user.ts";
import { apiRoutes } from "./table.ts";

const templates = apiRoutes.map(({ template }) => template);

interface ControlDeps {
  readonly org: Org;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly requests: RequestLog;
  readonly deliveries: Deliveries;
}

function bad(error: string): ControlAnswer {
  return { status: 400, body: { error } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function addFault(faults: Faults, body: unknown): ControlAnswer {
  const read = readFault(body, templates);
  if (read.kind === "wrong") return { status: 400, body: { error: read.why, kinds: faultKinds } };
  return { status: 201, body: faults.add(read.request) };
}

function wholeNumber(request: ControlRequest, name: string, fallback: number): number {
  const value = Number(request.query.get(name) ?? fallback);
  return Number.isSafeInteger(value) && value >= 0 ? value : fallback;
}

function readLedger(ledger: Ledger, request: ControlRequest): ControlAnswer {
  const entries = ledger.find({
    object: request.query.get("object") ?? undefined,
    effect: request.query.get("effect") ?? undefined,
    since: wholeNumber(request, "since", 0),
    limit: wholeNumber(request, "limit", 10_000),
  });
  return { status: 200, body: { total: ledger.total, entries } };
}

function setStatus(org: Org, request: ControlRequest): ControlAnswer {
  const user = org.users.find(request.params["id"] as string);
  if (!user) return { status: 404, body: { error: "No such user." } };
  const { status, deviceBlocked = user.deviceBlocked ?? false } = isRecord(request.body) ? request.body : {};
  if (typeof deviceBlocked !== "boolean") return bad("`deviceBlocked` must be true or false.");
  if (!isUserStatus(status)) return bad(`\`status\` must be one of ${userStatuses.join(", ")}.`);
  // Whatever was under way is so no more.
  const now = changeUser(org, user, { status, deviceBlocked, transitioningTo: null, isBeingDeleted: false });
  if (status === "DEPROVISIONED") loseApps(org, now);
  return { status: 200, body: { id: user.id, status } };
}

/** Proves, as an endpoint must, that it wants a hook's events. */
function proveEndpoint({ headers }: ControlRequest): ControlAnswer {
  return { status: 200, body: { verification: headers["x-okta-verification-challenge"] ?? null } };
}

function setDeliveryFaults(deliveries: Deliveries, body: unknown): ControlAnswer {
  const { duplicates = 0, reverse = 0, drop = 0 } = isRecord(body) ? body : {};
  if (typeof duplicates !== "number" || typeof reverse !== "number" || typeof drop !== "number")
    return bad("Expected {duplicates?, reverse?, drop?}, all numbers.");
  deliveries.setFaults({ duplicates, reverse, drop });
  return { status: 200, body: { duplicates, reverse, drop } };
}

/** The routes of the sandbox itself: faults, the ledger, the counts, and what no API call can do to a user. */
export function controlRoutes({ org, faults, ledger, requests, deliveries }: ControlDeps): readonly ControlRoute[] {
  return [
    {
      method: "GET",
      template: "/sandbox/health",
      handle: () => ({ status: 200, body: { status: "ok" } }),
    },
    { method: "POST", template: "/sandbox/faults", handle: ({ body }) => addFault(faults, body) },
    {
      method: "GET",
      template: "/sandbox/faults",
      handle: () => ({ status: 200, body: { faults: faults.all(), kinds: faultKinds } }),
    },
    {
      method: "DELETE",
      template: "/sandbox/faults",
      handle: () => {
        faults.clear();
        return { status: 200, body: { faults: [] } };
      },
    },
    {
      method: "GET",
      template: "/sandbox/ledger",
      handle: (request) => readLedger(ledger, request),
    },
    {
      method: "GET",
      template: "/sandbox/requests",
      handle: (request) => ({
        status: 200,
        body: {
          sequence: requests.sequence,
          routes: requests.counts(wholeNumber(request, "since", 0)),
        },
      }),
    },
    { method: "GET", template: ownEndpoint, handle: proveEndpoint },
    { method: "POST", template: ownEndpoint, handle: () => ({ status: 200, body: {} }) },
    { method: "GET", template: "/sandbox/deliveries", handle: () => ({ status: 200, body: { deliveries: deliveries.done() } }) },
    { method: "POST", template: "/sandbox/deliveries", handle: ({ body }) => setDeliveryFaults(deliveries, body) },
    {
      method: "POST",
      template: "/sandbox/users/{id}/status",
      handle: (request) => setStatus(org, request),
    },
    ...accessRoutes(org),
    ...keyRoutes(org),
  ];
}
