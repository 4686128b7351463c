import type { Route } from "./exchange.ts";

/** What a path leads to: a route with its parameters, a known path with another method, or nothing. */
export type Matched =
  | {
      readonly kind: "route";
      readonly route: Route;
      readonly params: Readonly<Record<string, string>>;
    }
  | { readonly kind: "wrong_method"; readonly template: string }
  | { readonly kind: "unknown" };

interface Node {
  readonly literals: Map<string, Node>;
  readonly routes: Map<string, Route>;
  parameter: Node | undefined;
  parameterNames: readonly string[];
}

function newNode(): Node {
  return { literals: new Map(), routes: new Map(), parameter: undefined, parameterNames: [] };
}

function decoded(part: string): string | undefined {
  try {
    return part.includes("%") ? decodeURIComponent(part) : part;
  } catch {
    return undefined;
  }
}

const unknown: Matched = { kind: "unknown" };

/** Finds the route of a path by walking its parts; a literal part goes before a parameter. */
export class Router {
  readonly #root = newNode();

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.#add(route);
  }

  #add(route: Route): void {
    let node = this.#root;
    const names: string[] = [];
    for (const part of route.template.split("/").slice(1)) {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (name !== undefined) names.push(name);
      const next: Node = (name === undefined ? node.literals.get(part) : node.parameter) ?? newNode();
      if (name === undefined) node.literals.set(part, next);
      else node.parameter = next;
      node = next;
    }
    node.routes.set(route.method, route);
    node.parameterNames = names;
  }

  /** The route for a method and a path (without its query). A parameter that holds an encoded slash matches nothing, as at Okta. */
  match(method: string, path: string): Matched {
    const values: string[] = [];
    let node = this.#root;
    for (const part of path.split("/").slice(1)) {
      const literal = node.literals.get(part);
      const next = literal ?? node.parameter;
      if (!next) return unknown;
      if (!literal) {
        const value = decoded(part);
        if (value === undefined || value === "" || value.includes("/")) return unknown;
        values.push(value);
      }
      node = next;
    }
    return this.#at(node, method, values);
  }

  #at(node: Node, method: string, values: readonly string[]): Matched {
    const route = node.routes.get(method);
    const any = route ?? node.routes.values().next().value;
    if (!any) return unknown;
    if (!route) return { kind: "wrong_method", template: any.template };
    return {
      kind: "route",
      route,
      params: Object.fromEntries(node.parameterNames.map((name, at) => [name, values[at] as string])),
    };
  }
}
