/**
 * The policy of the sandbox's agents, as a site's administrator would write it: what they may do to this one org, and nothing else.
 * `origin` is the org's address.
 */
export function sandboxPolicy(origin: string): string {
  return `# What this agent may do. Whatever no rule allows is denied, and a run that wanted it says so.
# Try it: longarm agent policy test --policy THIS_FILE GET ${origin}/api/v1/users --explain
rules:
  - name: read the sandbox org
    origins: [${origin}] # plain http, since the org is on this machine
    allow: ["GET,HEAD /api/v1/**"]
    effects: [read]
    addresses: [127.0.0.0/8] # this machine, and no other one

  - name: change the sandbox org
    origins: [${origin}]
    allow: ["POST,PUT,PATCH,DELETE /api/v1/**"]
    effects: [read, converge, create, once]
    addresses: [127.0.0.0/8]

  - name: get access tokens
    origins: [${origin}]
    allow: [POST /oauth2/v1/token]
    addresses: [127.0.0.0/8]
`;
}
