import { action } from "@longarm/spoke";
import { appInput, appSchema, requireApp } from "../../apps.ts";
import { docsOf } from "../../docs-link.ts";
import { closed } from "../../schemas.ts";

/** Row "Look up Application by Application ID". */
export const getApp = action({
  name: "okta.app.get",
  title: "Look up Application by Application ID",
  summary: "Reads one application, without its credentials.",
  category: "Application management",
  docs: docsOf("Application", "getApplication"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.apps.read"],
  input: closed({ app: appInput }),
  output: closed({ app: appSchema }),
  examples: [{ title: "By id", input: { app: "0oaqQqYK1r4RI50tJT5S" } }],
  async run({ rest }, { app }) {
    return { app: await requireApp(rest, app) };
  },
});
