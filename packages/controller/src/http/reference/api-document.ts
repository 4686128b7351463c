/** As much of JSON Schema as the reference page shows. */
export interface ShownSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, ShownSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ShownSchema;
  readonly items?: ShownSchema;
  readonly anyOf?: readonly ShownSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly writeOnly?: boolean;
  readonly "x-expects"?: string;
}

/** What stands in the path, the query or the headers of a request. */
export interface ApiParameter {
  readonly in: "path" | "query" | "header";
  readonly name: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: ShownSchema;
  readonly example?: unknown;
}

type Content = Readonly<Record<string, { readonly schema: ShownSchema; readonly example?: unknown }>>;

/** One answer of a route. */
export interface ApiResponse {
  readonly description: string;
  readonly content?: Content;
}

/** One route with one method. */
export interface ApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly [string, ...string[]];
  readonly parameters?: readonly ApiParameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, ApiResponse>>;
  /** The scope that the API key needs; an empty list: none is needed. */
  readonly security?: readonly { readonly apiKey: readonly string[] }[];
}

/** As much of the OpenAPI document as the reference page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ShownSchema>> };
}

/** An operation with the route that it stands at. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: ApiOperation;
}
