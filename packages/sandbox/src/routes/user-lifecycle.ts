import { type Answer, type ApiRequest, answer, flag, noContent, objectMember, type Route } from "../http/exchange.ts";
import { changed, type Effect } from "../state/effect.ts";
import { type Refusal, refuse, refuseInvalid } from "../state/refusal.ts";
import { changePassword } from "../state/users/credentials.ts";
import { type Accomplished, changeUser, performLifecycle } from "../state/users/lifecycle.ts";
import type { LifecycleOperation } from "../state/users/transitions.ts";
import type { UserRecord } from "../state/users/user.ts";
import { showUser } from "./user-view.ts";
import { withUser } from "./users.ts";

type Outcome = Answer | Refusal | Promise<Answer>;
type Work = (request: ApiRequest, user: UserRecord) => Outcome;

// An activation is answered at once, whatever time it takes; a deactivation and a deletion only for a client that asks for that.
function isAnsweredAtOnce({ headers }: ApiRequest, operation: LifecycleOperation): boolean {
  return operation === "activate" || String(headers["prefer"] ?? "").includes("respond-async");
}

/** A route's work: the operation, then the answer that `show` makes of the user as it now is, or was before it was gone. */
function perform(operation: LifecycleOperation, show: (request: ApiRequest, user: UserRecord) => Answer): Work {
  return (request, user) => {
    const outcome = performLifecycle(request.org, user, operation);
    if (outcome.kind === "refused") return outcome;
    const tell = (done: Accomplished, later?: Promise<readonly Effect[]>): Answer => ({
      ...{ ...show(request, done.user ?? user), effects: done.effects },
      ...(later && { later }),
    });
    if (outcome.kind === "done") return tell(outcome);
    const { finished, effects } = outcome;
    if (isAnsweredAtOnce(request, operation))
      return tell(
        outcome,
        finished.then((done) => done.effects),
      );
    return finished.then((done) => tell({ user: done.user, effects: [...effects, ...done.effects] }));
  };
}

function transition(operation: LifecycleOperation, show: (request: ApiRequest, user: UserRecord) => string = () => "{}"): Work {
  return perform(operation, (request, user) => answer(show(request, user)));
}

/** The token of an activation, unless it went out by mail. */
function activation(mailedByDefault: boolean): (request: ApiRequest) => string {
  return (request) => {
    if (flag(request, "sendEmail", mailedByDefault)) return "{}";
    const activationToken = request.org.newSecret(20);
    return JSON.stringify({
      activationUrl: `${request.origin}/tokens/${activationToken}/verify`,
      activationToken,
    });
  };
}

const resetPassword: Work = (request, user) => {
  if (request.query.get("sendEmail") === null) return refuse("E0000028", undefined, ["sendEmail: The parameter is required"]);
  return transition("resetPassword", () => {
    if (flag(request, "sendEmail", true)) return "{}";
    return JSON.stringify({
      resetPasswordUrl: `${request.origin}/signin/reset-password/${request.org.newSecret(20)}`,
    });
  })(request, user);
};

function expireWithTemporaryPassword(request: ApiRequest, user: UserRecord): Outcome {
  const temporary = `${request.org.newSecret(9)}aA3`;
  return transition("expirePassword", ({ org }, expired) => {
    changeUser(org, expired, { password: temporary, passwordChanged: org.now() });
    return JSON.stringify({ tempPassword: temporary });
  })(request, user);
}

function change(request: ApiRequest, user: UserRecord): Answer | Refusal {
  const oldPassword = objectMember(request, "oldPassword")?.["value"];
  const newPassword = objectMember(request, "newPassword")?.["value"];
  if (typeof oldPassword !== "string") return refuseInvalid("oldPassword", "oldPassword: The field cannot be left blank");
  if (typeof newPassword !== "string") return refuseInvalid("newPassword", "newPassword: The field cannot be left blank");
  const outcome = changePassword(request.org, user, { oldPassword, newPassword });
  if (outcome.kind === "refused") return outcome;
  const body = JSON.stringify({ password: {}, provider: user.provider });
  return answer(body, {
    effects: [changed("user.passwordChanged", user.id)],
  });
}

function clearSessions(_request: ApiRequest, user: UserRecord): Answer {
  return noContent({ effect: "user.sessionsCleared", object: user.id, changed: true });
}

function post(operation: string, work: Work): Route {
  return { method: "POST", template: `/api/v1/users/{id}/${operation}`, handle: withUser(work) };
}

/** What may be done to one user: the lifecycle, its password, its sessions. */
export const userLifecycleRoutes: readonly Route[] = [
  post("lifecycle/activate", transition("activate", activation(true))),
  post("lifecycle/reactivate", transition("reactivate", activation(false))),
  post("lifecycle/deactivate", transition("deactivate")),
  post("lifecycle/suspend", transition("suspend")),
  post("lifecycle/unsuspend", transition("unsuspend")),
  post("lifecycle/unlock", transition("unlock")),
  post(
    "lifecycle/expire_password",
    transition("expirePassword", (request, user) => showUser(user, request)),
  ),
  post("lifecycle/expire_password_with_temp_password", expireWithTemporaryPassword),
  post("lifecycle/reset_password", resetPassword),
  post("lifecycle/reset_factors", transition("resetFactors")),
  post("credentials/change_password", change),
  { method: "DELETE", template: "/api/v1/users/{id}", handle: withUser(perform("delete", () => noContent())) },
  { method: "DELETE", template: "/api/v1/users/{id}/sessions", handle: withUser(clearSessions) },
];
