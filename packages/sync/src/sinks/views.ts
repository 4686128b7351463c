/** Answers to what is asked most, for every SQL sink. What is marked as deleted does not stand in them. */
export const views: Readonly<Record<string, string>> = {
  memberships: `
    SELECT m.group_id, g.name AS group_name, g.type AS group_type, m.user_id, u.login, u.status AS user_status
    FROM group_members m LEFT JOIN "groups" g ON g.id = m.group_id LEFT JOIN users u ON u.id = m.user_id
    WHERE m.deleted_at IS NULL AND g.deleted_at IS NULL AND u.deleted_at IS NULL`,
  // A login does not move a user's lastUpdated: where the log is synced too, it knows better than the user's row.
  last_login: `
    SELECT id AS user_id, login, status, CASE WHEN logged > last_login OR last_login IS NULL THEN logged ELSE last_login END AS last_login
    FROM (
      SELECT u.id, u.login, u.status, u.last_login, (
        SELECT max(l.published) FROM logs l
        WHERE l.actor_id = u.id AND l.event_type = 'user.session.start' AND l.outcome = 'SUCCESS'
      ) AS logged
      FROM users u WHERE u.deleted_at IS NULL
    ) seen`,
  app_access: `
    SELECT a.app_id, p.label AS app_label, p.status AS app_status, a.user_id, u.login, u.status AS user_status, a.scope, a.status, (
      SELECT string_agg(g.name, ', ' ORDER BY g.name)
      FROM app_groups t JOIN group_members m ON m.group_id = t.group_id JOIN "groups" g ON g.id = t.group_id
      WHERE t.app_id = a.app_id AND m.user_id = a.user_id
        AND t.deleted_at IS NULL AND m.deleted_at IS NULL AND g.deleted_at IS NULL
    ) AS through_groups
    FROM app_users a LEFT JOIN apps p ON p.id = a.app_id LEFT JOIN users u ON u.id = a.user_id
    WHERE a.deleted_at IS NULL AND p.deleted_at IS NULL AND u.deleted_at IS NULL`,
};
