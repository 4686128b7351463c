import { errorSentences, type ErrorCode } from "@longarm/shared";
import { statusOfCode } from "../problem.ts";
import type { ApiDocument, Route } from "./api-document.ts";
import { html, type Html, prose } from "./html.ts";
import { methodView, operationView, pathView } from "./operation-view.ts";
import { membersView } from "./schema-view.ts";

const groupTitles: Readonly<Record<string, string>> = {
  runs: "Runs",
  actions: "Actions",
  connections: "Connections",
  credentials: "Credentials",
  agents: "Agents and selectors",
  health: "Health",
};

type Group = readonly [tag: string, routes: readonly Route[]];

function groupsOf(document: ApiDocument): readonly Group[] {
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): Route => ({ method, path, operation })),
  );
  const byTag = Map.groupBy(routes, ({ operation }) => operation.tags[0]);
  const known = Object.keys(groupTitles);
  const place = (tag: string): number => (known.includes(tag) ? known.indexOf(tag) : known.length);
  return [...byTag].toSorted(([a], [b]) => place(a) - place(b));
}

function titleOf(tag: string): string {
  return groupTitles[tag] ?? tag;
}

function indexView(groups: readonly Group[], schemas: readonly string[]): Html {
  const list = groups.map(
    ([tag, routes]) => html`<li>
      <a class="group" href="#${tag}">${titleOf(tag)}</a>
      <ul>
        ${routes.map(
          ({ method, path, operation }) =>
            html`<li><a href="#${operation.operationId}" title="${operation.summary}">${methodView(method)} ${pathView(path)}</a></li>`,
        )}
      </ul>
    </li>`,
  );
  return html`<ul>
    <li><a class="group" href="#start">Start here</a></li>
    ${list}
    <li>
      <a class="group" href="#schemas">Schemas</a>
      <ul>
        ${schemas.map((name) => html`<li><a href="#schema-${name}">${name}</a></li>`)}
      </ul>
    </li>
    <li><a class="group" href="#errors">Errors</a></li>
  </ul>`;
}

function startView({ info }: ApiDocument, baseUrl: string): Html {
  const try1 = `export LONGARM_TOKEN=…   # an API key\ncurl ${baseUrl}/v1/actions -H "Authorization: Bearer $LONGARM_TOKEN"`;
  return html`<section id="start" aria-labelledby="title">
    <h1 id="title">Longarm API <span class="version">${info.version}</span></h1>
    <p class="lead">${prose(info.description)}</p>
    <dl class="facts">
      <div>
        <dt>Base URL</dt>
        <dd><code>${baseUrl}</code></dd>
      </div>
      <div>
        <dt>OpenAPI 3.1</dt>
        <dd><a href="/openapi.json">/openapi.json</a></dd>
      </div>
    </dl>
    <pre class="example" aria-label="First steps with curl"><code>${try1}</code></pre>
    <ul class="conventions">
      <li><strong>Accepted is kept.</strong> ${prose("`202` follows once the run is on disk; `Prefer: wait=10` waits for its end.")}</li>
      <li><strong>Once.</strong> ${prose("With an `Idempotency-Key` the same request is the same run, however often it is sent.")}</li>
      <li><strong>Pages.</strong> ${prose("Lists give `nextCursor`; send it as `cursor` until it is null.")}</li>
      <li><strong>Nothing is guessed.</strong> ${prose("Members that are not known are refused with their place, not dropped.")}</li>
    </ul>
  </section>`;
}

function schemasView({ components }: ApiDocument): Html {
  const shown = Object.entries(components.schemas).map(
    ([name, schema]) => html`<article id="schema-${name}" class="schema">
      <h3><a href="#schema-${name}">${name}</a></h3>
      ${membersView(name === "Problem" ? withoutCodes(schema) : schema, "given")}
    </article>`,
  );
  return html`<section id="schemas" aria-labelledby="schemas-title">
    <h2 id="schemas-title">Schemas</h2>
    ${shown}
  </section>`;
}

// Sixty codes are a table of their own.
function withoutCodes(schema: ApiDocument["components"]["schemas"][string]) {
  const code = { type: "string", description: "One of the codes below." };
  return { ...schema, properties: { ...schema.properties, code } };
}

function errorsView(): Html {
  const rows = (Object.entries(errorSentences) as [ErrorCode, string][]).map(
    ([code, sentence]) =>
      html`<tr id="error-${code}">
        <th scope="row"><code>${code}</code></th>
        <td>${statusOfCode[code]}</td>
        <td>${prose(sentence)}</td>
      </tr>`,
  );
  return html`<section id="errors" aria-labelledby="errors-title">
    <h2 id="errors-title">Errors</h2>
    <p>${prose("Every refusal is a `Problem`, and every failed run has one of these codes. The set is closed.")}</p>
    <div class="wide" tabindex="0" role="region" aria-labelledby="errors-title">
      <table>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Status</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** The reference page as a whole: HTML without any script, its style in a file beside it. `baseUrl` is the address it was asked at. */
export function referencePage(document: ApiDocument, baseUrl: string): string {
  const groups = groupsOf(document);
  const index = indexView(groups, Object.keys(document.components.schemas));
  const sections = groups.map(
    ([tag, routes]) => html`<section id="${tag}" aria-labelledby="${tag}-title">
      <h2 id="${tag}-title">${titleOf(tag)}</h2>
      ${routes.map((route) => operationView(route, document, baseUrl))}
    </section>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Longarm API</title>
        <link rel="icon" href="/docs/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/docs/reference.css" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <nav class="side" aria-label="Operations"><a class="brand" href="#start">Longarm</a>${index}</nav>
        <details class="drawer" id="index">
          <summary>Longarm API: all operations</summary>
          <nav aria-label="All operations">${index}</nav>
        </details>
        <main id="content" tabindex="-1">${startView(document, baseUrl)}${sections}${schemasView(document)}${errorsView()}</main>
        <a class="up" href="#index">All operations</a>
      </body>
    </html>`.text;
}
