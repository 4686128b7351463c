/** What kind of object an event is about, in Okta's words. */
export type TargetType = "User" | "UserGroup" | "AppInstance" | "EventHook" | "GroupRule" | "UserType" | "Schema";

/** How an effect stands in the system log. */
export interface EventType {
  readonly type: string;
  readonly says: string;
  /** The kinds of the ids that the effect's object is made of, in the order in which the event names them. */
  readonly targets: readonly TargetType[];
}

function of(says: string, type: string, ...targets: readonly TargetType[]): EventType {
  return { type, says, targets };
}

/**
 * The event that each effect of the API is logged as; an effect that is not here leaves no trace in the log. Assumed: the types of
 * making, changing, activating and deleting a group rule, and of changing the schema of groups.
 */
export const eventTypes: Readonly<Record<string, EventType>> = {
  "user.created": of("Create okta user", "user.lifecycle.create", "User"),
  "user.activated": of("Activate Okta user", "user.lifecycle.activate", "User"),
  "user.reactivated": of("Reactivate Okta user", "user.lifecycle.reactivate", "User"),
  "user.deactivated": of("Deactivate Okta user", "user.lifecycle.deactivate", "User"),
  "user.suspended": of("Suspend Okta user", "user.lifecycle.suspend", "User"),
  "user.unsuspended": of("Unsuspend Okta user", "user.lifecycle.unsuspend", "User"),
  "user.unlocked": of("Unlock user account", "user.account.unlock", "User"),
  "user.deleted": of("Delete Okta user", "user.lifecycle.delete.initiated", "User"),
  "user.updated": of("Update user profile for Okta", "user.account.update_profile", "User"),
  "user.replaced": of("Update user profile for Okta", "user.account.update_profile", "User"),
  "user.passwordExpired": of("Expire password", "user.account.expire_password", "User"),
  "user.passwordReset": of("Fired when the user's Okta password is reset", "user.account.reset_password", "User"),
  "user.passwordChanged": of("User update password for Okta", "user.account.update_password", "User"),
  "user.passwordSet": of("User update password for Okta", "user.account.update_password", "User"),
  "user.factorsReset": of("Reset all factors for user", "user.mfa.factor.reset_all", "User"),
  "user.factorEnrolled": of("User enrolled a factor", "user.mfa.factor.activate", "User"),
  "user.sessionsCleared": of("Clear user session", "user.session.clear", "User"),
  "group.created": of("Create Okta group", "group.lifecycle.create", "UserGroup"),
  "group.replaced": of("Update Okta group profile", "group.profile.update", "UserGroup"),
  "group.deleted": of("Delete Okta group", "group.lifecycle.delete", "UserGroup"),
  "group.memberAdded": of("Add user to group membership", "group.user_membership.add", "UserGroup", "User"),
  "group.memberRemoved": of("Remove user from group membership", "group.user_membership.remove", "UserGroup", "User"),
  "groupRule.created": of("Create group rule", "group.rule.add", "GroupRule"),
  "groupRule.replaced": of("Update group rule", "group.rule.update", "GroupRule"),
  "groupRule.activated": of("Activate group rule", "group.rule.activate", "GroupRule"),
  "groupRule.deactivated": of("Deactivate group rule", "group.user_membership.rule.deactivated", "GroupRule"),
  "groupRule.userExcluded": of(
    "Add user to the exclusion list of a group rule",
    "group.user_membership.rule.add_exclusion",
    "GroupRule",
    "User",
  ),
  "groupRule.deleted": of("Delete group rule", "group.rule.delete", "GroupRule"),
  "app.created": of("Create application", "application.lifecycle.create", "AppInstance"),
  "app.replaced": of("Update application", "application.lifecycle.update", "AppInstance"),
  "app.activated": of("Activate application", "application.lifecycle.activate", "AppInstance"),
  "app.deactivated": of("Deactivate application", "application.lifecycle.deactivate", "AppInstance"),
  "app.deleted": of("Delete application", "application.lifecycle.delete", "AppInstance"),
  "app.userAssigned": of("Add user to application membership", "application.user_membership.add", "AppInstance", "User"),
  "app.userUnassigned": of("Remove user's application membership", "application.user_membership.remove", "AppInstance", "User"),
  "app.groupAssigned": of("Add assigned application to group", "group.application_assignment.add", "AppInstance", "UserGroup"),
  "app.groupUnassigned": of("Remove assigned application from group", "group.application_assignment.remove", "AppInstance", "UserGroup"),
  "userType.created": of("Create user type", "directory.non_default_user_profile.create", "UserType"),
  "userSchema.updated": of("Update the schema of user profiles", "directory.user_profile.update", "Schema"),
  "groupSchema.updated": of("Update the schema of group profiles", "directory.group_profile.update", "Schema"),
  "eventHook.created": of("Create event hook", "event_hook.created", "EventHook"),
  "eventHook.replaced": of("Update event hook", "event_hook.updated", "EventHook"),
  "eventHook.activated": of("Activate event hook", "event_hook.activated", "EventHook"),
  "eventHook.deactivated": of("Deactivate event hook", "event_hook.deactivated", "EventHook"),
  "eventHook.verified": of("Verify event hook", "event_hook.verified", "EventHook"),
  "eventHook.deleted": of("Delete event hook", "event_hook.deleted", "EventHook"),
};
