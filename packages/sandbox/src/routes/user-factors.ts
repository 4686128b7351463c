import { type Answer, type ApiRequest, answer } from "../http/exchange.ts";
import type { Refusal } from "../state/refusal.ts";
import { enrolFactor, type FactorRecord } from "../state/users/factors.ts";
import type { UserRecord } from "../state/users/user.ts";

function showFactor({ origin }: ApiRequest, user: UserRecord, { id, factorType, provider, created }: FactorRecord) {
  const self = { href: `${origin}/api/v1/users/${user.id}/factors/${id}` };
  const times = { created, lastUpdated: created };
  return { id, factorType, provider, vendorName: provider, status: "ACTIVE", ...times, profile: {}, _links: { self } };
}

/** `GET /users/{id}/factors`: the second factors that the user has enrolled. */
export function listFactors(request: ApiRequest, user: UserRecord): Answer {
  return answer(JSON.stringify((user.factors ?? []).map((factor) => showFactor(request, user, factor))));
}

/** `POST /users/{id}/factors`. */
export function enrol(request: ApiRequest, user: UserRecord): Answer | Refusal {
  const { factorType, provider } = request.body;
  const enrolled = enrolFactor(request.org, user, { factorType, provider });
  if (enrolled.kind === "refused") return enrolled;
  const { factor } = enrolled;
  const effects = [{ effect: "user.factorEnrolled", object: `${user.id}/${factor.id}`, changed: true }];
  return answer(JSON.stringify(showFactor(request, user, factor)), { effects });
}

/** `GET /users/{id}/blocks`: whether the user is blocked from unknown devices. */
export function listBlocks(_request: ApiRequest, user: UserRecord): Answer {
  return answer(JSON.stringify(user.deviceBlocked ? [{ type: "DEVICE_BASED", appliesTo: "UNKNOWN_DEVICES" }] : []));
}
