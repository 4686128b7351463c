import { action } from "@longarm/spoke";
import { docsOf } from "../../docs-link.ts";
import { requireGroup } from "../../identity.ts";
import { closed, groupInput, groupSchema } from "../../schemas.ts";

/** Row "Lookup Group Details by Group ID". */
export const getGroup = action({
  name: "okta.group.get",
  title: "Lookup Group Details by Group ID",
  summary: "Reads one group with its profile.",
  category: "Group management",
  docs: docsOf("Group", "getGroup"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.groups.read"],
  input: closed({ group: groupInput }),
  output: closed({ group: groupSchema }),
  examples: [{ title: "By name", input: { group: "name:Engineering" } }],
  async run({ rest }, { group }) {
    return { group: await requireGroup(rest, group) };
  },
});
