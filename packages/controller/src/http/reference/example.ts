import type { ApiDocument, ApiOperation, ApiParameter, Route, ShownSchema } from "./api-document.ts";

const placeholders: Readonly<Record<string, unknown>> = { string: "…", integer: 1, number: 1, boolean: true, array: [], null: null };

/** The schema itself, where another one only refers to it. */
export function resolve(schema: ShownSchema, document: ApiDocument): ShownSchema {
  const name = schema.$ref?.split("/").at(-1);
  return (name === undefined ? undefined : document.components.schemas[name]) ?? schema;
}

/** May a request leave this body away? */
export function isBodyOptional(schema: ShownSchema): boolean {
  return schema.anyOf?.some(({ type }) => type === "null") === true;
}

/** A value that the schema allows: its own example, else its required members. */
export function exampleOf(schema: ShownSchema, document: ApiDocument): unknown {
  const { examples, properties, required = [], anyOf, type, ...rest } = resolve(schema, document);
  if (examples && examples.length > 0) return examples[0];
  if (rest.const !== undefined) return rest.const;
  if (rest.enum) return rest.enum[0];
  if (anyOf?.[0]) return exampleOf(anyOf[0], document);
  if (properties) return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {}, document)]));
  return type === "object" ? {} : (placeholders[type ?? ""] ?? "…");
}

function pathOf({ path, operation }: Route, document: ApiDocument): string {
  const { parameters = [] } = operation;
  const filled = parameters
    .filter(({ in: part }) => part === "path")
    .reduce((text, { name, schema, example }) => text.replace(`{${name}}`, String(example ?? exampleOf(schema, document))), path);
  const query = shownExamples(parameters, "query").map(([name, example]) => `${name}=${example}`);
  return query.length > 0 ? `${filled}?${query.join("&")}` : filled;
}

function shownExamples(
  parameters: readonly ApiParameter[],
  place: ApiParameter["in"],
): readonly (readonly [name: string, example: string])[] {
  return parameters.flatMap(({ in: part, name, example }) =>
    part === place && example !== undefined ? [[name, typeof example === "string" ? example : JSON.stringify(example)] as const] : [],
  );
}

function headersOf({ parameters = [] }: ApiOperation): readonly string[] {
  const titled = (name: string): string => name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
  return shownExamples(parameters, "header").map(([name, example]) => `${titled(name)}: ${example}`);
}

function bodyOf({ requestBody }: ApiOperation, document: ApiDocument): string | undefined {
  const content = requestBody?.content["application/json"];
  if (!content || isBodyOptional(content.schema)) return undefined;
  return JSON.stringify(content.example ?? exampleOf(content.schema, document), null, 2);
}

/** A command line that makes this request, to be pasted into a shell; the key is taken from `LONGARM_TOKEN`. */
export function curlOf(route: Route, document: ApiDocument, baseUrl: string): string {
  const { method, operation } = route;
  const body = bodyOf(operation, document);
  const address = `${baseUrl}${pathOf(route, document)}`;
  const lines = [
    `curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${/[?&]/.test(address) ? `"${address}"` : address}`,
    ...(operation.security?.length === 0 ? [] : ['-H "Authorization: Bearer $LONGARM_TOKEN"']),
    ...headersOf(operation).map((header) => `-H "${header}"`),
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"', "-d @- <<'JSON'"]),
  ];
  const command = lines.join(" \\\n  ");
  return body === undefined ? command : `${command}\n${body}\nJSON`;
}
