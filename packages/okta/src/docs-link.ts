type Tag =
  | "User"
  | "UserLifecycle"
  | "UserCred"
  | "UserSessions"
  | "UserResources"
  | "Group"
  | "EventHook"
  | "Schema"
  | "UserType"
  | "Application"
  | "ApplicationUsers"
  | "ApplicationGroups"
  | "SystemLog";

/** The page of an operation in Okta's API reference. */
export function docsOf(tag: Tag, operation: string): string {
  return `https://developer.okta.com/docs/api/openapi/okta-management/management/tag/${tag}/#tag/${tag}/operation/${operation}`;
}
