import type { ApiDocument, ApiOperation, ApiParameter, ApiResponse, Route } from "./api-document.ts";
import { curlOf, isBodyOptional } from "./example.ts";
import { html, type Html, type Piece, prose } from "./html.ts";
import { membersView, memberView, typeView } from "./schema-view.ts";

/** A method as a coloured word. */
export function methodView(method: string): Html {
  return html`<span class="method ${method}">${method.toUpperCase()}</span>`;
}

/** A path that may break after its slashes, its parameters set off. */
export function pathView(path: string): Html {
  const parts = path.split("/").slice(1);
  return html`<code class="path">${parts.map((part) => [html`<wbr />/`, part.startsWith("{") ? html`<em>${part}</em>` : part])}</code>`;
}

const places = { path: "Path", query: "Query", header: "Headers" } as const;

function parameterView({ name, required, description, schema }: ApiParameter): Html {
  const described = description === undefined ? schema : { ...schema, description };
  return memberView(name, described, { direction: "asked", isRequired: required === true });
}

function parametersView(parameters: readonly ApiParameter[]): Piece {
  return (["path", "query", "header"] as const).map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    return here.length === 0
      ? undefined
      : html`<h4>${places[place]}</h4>
          <ul class="members">
            ${here.map(parameterView)}
          </ul>`;
  });
}

function bodyView({ requestBody }: ApiOperation): Html | undefined {
  const schema = requestBody?.content["application/json"]?.schema;
  if (!schema) return undefined;
  return html`<h4>Body${!isBodyOptional(schema) ? undefined : html` <span class="limits">may be left away</span>`}</h4>
    ${membersView(schema, "asked")}`;
}

function responseView(status: string, { description, content = {} }: ApiResponse): Html {
  const [type, given] = Object.entries(content)[0] ?? [];
  const says = given?.schema.description ?? description;
  const about = status === "default" || says === "The answer." ? undefined : html`<p>${prose(says)}</p>`;
  const media = type === undefined || type === "application/json" ? undefined : html`<span class="limits">${type}</span>`;
  return html`<li>
    <div class="head">
      <code class="name">${status === "default" ? "else" : status}</code> ${given ? typeView(given.schema, "given") : "no body"}${media}
    </div>
    ${about}${given ? membersView(given.schema, "given") : undefined}
  </li>`;
}

function scopeView({ security }: ApiOperation): Html {
  const scope = security?.[0]?.apiKey[0];
  return scope === undefined
    ? html`<p class="scope">Needs no API key</p>`
    : html`<p class="scope">Needs an API key with <code>${scope}</code></p>`;
}

/** One operation: what it does, what it takes, what it answers, and how to ask for it with curl. */
export function operationView(route: Route, document: ApiDocument, baseUrl: string): Html {
  const { method, path, operation } = route;
  const { operationId, summary, description, parameters = [], responses } = operation;
  return html`<article id="${operationId}" aria-labelledby="${operationId}-title">
    <header>
      <h3 id="${operationId}-title"><a href="#${operationId}">${summary}</a></h3>
      <p class="route">${methodView(method)} ${pathView(path)}</p>
      ${description === undefined ? undefined : html`<p>${prose(description)}</p>`}${scopeView(operation)}
    </header>
    <div class="contract">
      ${parametersView(parameters)}${bodyView(operation)}
      <h4>Answers</h4>
      <ul class="members">
        ${Object.entries(responses).map(([status, response]) => responseView(status, response))}
      </ul>
    </div>
    <pre class="example" aria-label="Example with curl"><code>${curlOf(route, document, baseUrl)}</code></pre>
  </article>`;
}
