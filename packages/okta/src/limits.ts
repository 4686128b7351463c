import type { LimitTable } from "@longarm/shared";

const writes = ["POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * Okta's limits as last published for workforce orgs; those of the free plan lie in its published range of 20 to 100 a minute. The
 * numbers of an org stand in its own dashboard, and each answer tells them.
 */
export const limits: LimitTable = {
  windowMs: 60_000,
  plan: "workforce",
  rules: [
    { bucket: "/api/v1/apps*", perWindow: { workforce: 100, free: 20 } },
    { bucket: "/api/v1/apps/{id}", perWindow: { workforce: 500, free: 50 } },
    { bucket: "/api/v1/groups", perWindow: { workforce: 500, free: 50 } },
    { bucket: "/api/v1/groups/{id}", perWindow: { workforce: 1_000, free: 100 } },
    { bucket: "/api/v1/users", perWindow: { workforce: 600, free: 60 } },
    { bucket: "/api/v1/users/{id}", methods: ["GET"], perWindow: { workforce: 2_000, free: 100 } },
    { bucket: "/api/v1/users/{id}", methods: writes, perWindow: { workforce: 600, free: 60 } },
    { bucket: "/api/v1/logs", perWindow: { workforce: 120, free: 20 } },
    { bucket: "/api/v1/*", perWindow: { workforce: 1_200, free: 100 } },
  ],
};
