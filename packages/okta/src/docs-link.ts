/** The page of an operation in Okta's API reference. */
export function docsOf(tag: "User" | "UserLifecycle" | "Group", operation: string): string {
  return `https://developer.okta.com/docs/api/openapi/okta-management/management/tag/${tag}/#tag/${tag}/operation/${operation}`;
}
