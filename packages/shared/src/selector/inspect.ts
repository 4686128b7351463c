import type { ASTNode } from "@marcbachmann/cel-js";
import { celFault, type Language, macros, readRange, readVersion, selectorLanguage, selectorLimits, type Variables } from "./language.ts";
import type { SyntaxFault } from "./syntax-fault.ts";
import type { ListWalk, Work } from "./work.ts";

/** What an expression reads, and the first fault that the library does not look for. */
export interface Inspection {
  /** `labels`, `facts.load`, `connection.name`, …: every variable or member of a closed variable that it reads. */
  readonly uses: ReadonlySet<string>;
  /** The label keys without which it cannot be true: it has no part that is only evaluated sometimes. */
  readonly neededLabels: readonly string[];
  /** The longest paths it reads, as spans of its source: `labels.site`, `facts.reach[connection.name]`. */
  readonly operands: readonly { readonly start: number; readonly end: number }[];
  readonly work: Work;
  readonly fault: SyntaxFault | undefined;
}

interface Scope {
  readonly bound: readonly string[];
  readonly macroDepth: number;
  /** Of the whole, or of the body of the innermost walk. */
  readonly work: Work;
}

/** Thrown to leave the walk at the first fault; never leaves this file. */
class Stop extends Error {
  readonly fault: SyntaxFault;
  constructor(node: ASTNode, problem: string) {
    super(problem);
    this.fault = { start: node.start, end: node.end, problem };
  }
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const known = (noun: string, names: readonly string[]): string => `the ${noun}${names.length === 1 ? " is" : "s are"} ${listed(names)}`;

class Walk {
  readonly uses = new Set<string>();
  readonly labelKeys = new Set<string>();
  readonly operands: { start: number; end: number }[] = [];
  /** Does evaluating the whole always evaluate every part? */
  strict = true;
  readonly #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  get #variables(): Variables {
    return this.#language.variables;
  }

  visit(node: ASTNode, scope: Scope): void {
    scope.work.nodes += 1;
    switch (node.op) {
      case "value":
        return;
      case "id":
        return this.#variable(node, node.args, scope);
      case ".":
      case "[]":
        return this.#access(node, scope);
      case "call":
        return this.#call(node, { name: node.args[0], args: node.args[1] }, scope);
      case "rcall":
        return this.#method(node, scope);
      case "||":
      case "&&":
      case "?:":
        this.strict = false;
        return this.#all(node.args, scope);
      case "!_":
      case "-_":
        return this.visit(node.args, scope);
      case "map":
        return node.args.forEach((entry) => this.#all(entry, scope));
      case ".?":
        return this.visit(node.args[0], scope);
      case "list":
      case "[?]":
      case "in":
      case "==":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
      case "+":
      case "-":
      case "*":
      case "/":
      case "%":
        return this.#all(node.args, scope);
    }
  }

  #all(nodes: readonly ASTNode[], scope: Scope): void {
    for (const node of nodes) this.visit(node, scope);
  }

  #variable(node: ASTNode, name: string, scope: Scope): void {
    if (scope.bound.includes(name)) return;
    const members = this.#variables.get(name);
    if (members === undefined) throw new Stop(node, `unknown variable \`${name}\`; ${known("variable", [...this.#variables.keys()])}`);
    if (members !== null)
      throw new Stop(
        node,
        `\`${name}\` must be followed by one of its members: ${members.map((member) => `${name}.${member}`).join(", ")}`,
      );
    this.uses.add(name);
    this.#operand(node, scope);
  }

  #access(node: ASTNode & { op: "." | "[]" }, scope: Scope): void {
    const [left, right] = node.args;
    const key = keyOf(right);
    if (left.op === "id" && !scope.bound.includes(left.args) && this.#variables.has(left.args)) {
      this.#member(node, { variable: left.args, key }, scope);
    } else this.visit(left, scope);
    if (typeof right !== "string") this.visit(right, scope);
    this.#operand(node, scope);
  }

  #member(node: ASTNode, { variable, key }: { readonly variable: string; readonly key: string | undefined }, scope: Scope): void {
    const members = this.#variables.get(variable) ?? null;
    if (members === null) {
      this.uses.add(variable);
      if (key !== undefined && scope.macroDepth === 0) this.labelKeys.add(key);
      return;
    }
    if (key === undefined || !members.includes(key)) {
      throw new Stop(
        node,
        `\`${variable}\` has ${key === undefined ? "only named members" : `no member \`${key}\``}; it has ${listed(members)}`,
      );
    }
    this.uses.add(`${variable}.${key}`);
  }

  /** Keeps the longest path only: `labels.site` swallows `labels`. */
  #operand(node: ASTNode, scope: Scope): void {
    if (mentions(node, scope.bound)) return;
    const inner = this.operands.findIndex((span) => span.start === node.start && span.end <= node.end);
    if (inner !== -1) this.operands.splice(inner, 1);
    this.operands.push({ start: node.start, end: node.end });
  }

  #method(node: ASTNode & { op: "rcall" }, scope: Scope): void {
    const [name, receiver, args] = node.args;
    if (receiver.op === "id" && receiver.args === "cel") throw new Stop(node, `\`cel.…\` is not offered in ${this.#language.noun}s`);
    this.visit(receiver, scope);
    this.#call(node, { name, args }, scope);
  }

  #call(node: ASTNode, { name, args }: { readonly name: string; readonly args: readonly ASTNode[] }, scope: Scope): void {
    if (name === "matches")
      throw new Stop(
        node,
        "`matches` is not offered, since a regular expression can take unbounded time; use startsWith, endsWith, contains, or `in` a list",
      );
    const { callables } = this.#language;
    if (!callables.has(name)) throw new Stop(node, `unknown function \`${name}\`; ${known("function", [...callables])}`);
    if (name === "has") this.strict = false;
    if (node.op === "rcall" && macros.has(name)) return this.#macro(node, args, scope);
    this.#literal(name, args[0]);
    this.#all(args, scope);
  }

  #macro(node: ASTNode & { op: "rcall" }, args: readonly ASTNode[], scope: Scope): void {
    const [variable, ...rest] = args;
    if (scope.macroDepth >= selectorLimits.macroDepth)
      throw new Stop(node, `more than ${selectorLimits.macroDepth} of exists, exists_one and all stand inside each other`);
    if (variable?.op === "id" && this.#variables.has(variable.args)) {
      throw new Stop(variable, `\`${variable.args}\` is a variable of ${this.#language.noun}s already; give the element another name`);
    }
    const bound = variable?.op === "id" ? [...scope.bound, variable.args] : scope.bound;
    const body: Work = { nodes: 0, walks: [] };
    scope.work.walks.push({ list: this.#walkedList(node.args[1]), body });
    this.#all(rest, { bound, macroDepth: scope.macroDepth + 1, work: body });
  }

  #walkedList(node: ASTNode): ListWalk["list"] {
    if (node.op === "list") return node.args.length;
    const path = pathOf(node, this.#variables);
    if (path) return path;
    throw new Stop(node, "only a list of a variable, such as labels.capabilities, or one written out can be walked");
  }

  /** A literal that can never be read is a mistake of the author's, found now and not on every agent. */
  #literal(name: string, argument: ASTNode | undefined): void {
    if (argument?.op !== "value" || typeof argument.args !== "string") return;
    try {
      if (name === "cidr") readRange(argument.args);
      if (name === "semver") readVersion(argument.args);
    } catch (reason) {
      throw new Stop(argument, celFault(reason)?.summary ?? String(reason));
    }
  }
}

/** The key of `x.key` or `x['key']`; undefined when it is only known at evaluation. */
function keyOf(right: ASTNode | string): string | undefined {
  if (typeof right === "string") return right;
  return right.op === "value" && typeof right.args === "string" ? right.args : undefined;
}

function pathOf(node: ASTNode, variables: Variables): readonly string[] | undefined {
  if (node.op === "id") return variables.has(node.args) ? [node.args] : undefined;
  if (node.op !== "." && node.op !== "[]") return undefined;
  const [left, right] = node.args;
  const key = keyOf(right);
  const path = pathOf(left, variables);
  return path && key !== undefined ? [...path, key] : undefined;
}

function mentions(node: ASTNode, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  if (node.op === "id") return names.includes(node.args);
  if (node.op === ".") return mentions(node.args[0], names);
  if (node.op === "[]") return node.args.some((part) => mentions(part, names));
  return node.op !== "value";
}

/** Walks the tree of an expression; see `Inspection`. */
export function inspect(tree: ASTNode, language: Language = selectorLanguage): Inspection {
  const walk = new Walk(language);
  const work: Work = { nodes: 0, walks: [] };
  let fault: SyntaxFault | undefined;
  try {
    walk.visit(tree, { bound: [], macroDepth: 0, work });
  } catch (reason) {
    if (!(reason instanceof Stop)) throw reason;
    fault = reason.fault;
  }
  return { uses: walk.uses, neededLabels: walk.strict ? [...walk.labelKeys] : [], operands: walk.operands, work, fault };
}
