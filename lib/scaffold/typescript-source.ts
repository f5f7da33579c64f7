import type * as typescript from "typescript";
import { UserError } from "../errors/user-error.ts";
import { lineWidth } from "./code.ts";

type TypeScript = typeof typescript;
type Container = typescript.ArrayLiteralExpression | typescript.ObjectLiteralExpression;

/** Finds a list in a source, which is parsed anew after each edit. */
export type ListFinder = (source: TypeScriptSource) => typescript.ArrayLiteralExpression | undefined;

/**
 * A source that people write, and that is added to: places are found by its syntax tree, and every byte that is there stays.
 * One edit at a time; {@link text} is what came out.
 */
export class TypeScriptSource {
  /** From the project's root, for messages. */
  readonly path: string;
  readonly #typescript: TypeScript;
  #tree: typescript.SourceFile;

  private constructor(library: TypeScript, path: string, text: string) {
    this.#typescript = library;
    this.path = path;
    this.#tree = library.createSourceFile(path, text, library.ScriptTarget.Latest, true);
  }

  /** Reads a source. */
  static async parse(path: string, text: string): Promise<TypeScriptSource> {
    // a quarter of a second to load: only who edits sources pays for it
    return new TypeScriptSource(await import("typescript"), path, text);
  }

  get text(): string {
    return this.#tree.text;
  }

  /**
   * What a search found.
   *
   * @throws UserError naming what to add by hand, where the file has not the shape that is known
   */
  require<T>(found: T | undefined, what: string, byHand: string): T {
    if (found !== undefined) return found;
    throw new UserError(`'${this.path}' holds no ${what} that could be added to`, { hint: `add it by hand: ${byHand}` });
  }

  /** Puts a statement at the end, after an empty line. */
  appendStatement(statement: string): void {
    this.#insert(this.text.length, `${this.text.endsWith("\n") ? "" : "\n"}\n${statement}\n`);
  }

  /**
   * Imports a name, sorted by path among the imports that are there.
   *
   * @param suffix - joins it where the file uses that for something else: `billing as billingService`
   * @param wanted - what to call it in this file; @default as it is called there
   * @returns what it is called in this file
   * @throws UserError when that is taken too
   */
  addImport(name: string, from: string, suffix: string, wanted = name): string {
    const known = this.imports().find((entry) => entry.from === from && entry.name === name);
    if (known !== undefined) return known.local;
    const taken = this.#declared();
    const local = [wanted, `${wanted}${suffix}`].find((candidate) => !taken.has(candidate));
    if (local === undefined) throw new UserError(`'${this.path}' uses both '${wanted}' and '${wanted}${suffix}' for something else`);
    const binding = local === name ? name : `${name} as ${local}`;
    const statements = this.#tree.statements.filter((node) => this.#typescript.isImportDeclaration(node));
    const same = statements.find((node) => this.#pathOf(node) === from)?.importClause?.namedBindings;
    if (same !== undefined && this.#typescript.isNamedImports(same)) {
      this.#insert(same.elements.at(-1)?.end ?? same.getStart() + 1, same.elements.length === 0 ? ` ${binding} ` : `, ${binding}`);
      return local;
    }
    const line = `import { ${binding} } from ${JSON.stringify(from)};\n`;
    const next = statements.find((node) => this.#pathOf(node) > from);
    const last = statements.at(-1);
    if (next !== undefined) this.#insert(next.getStart(), line);
    else if (last !== undefined) this.#insert(last.end, `\n${line.trimEnd()}`);
    else this.#insert(0, `${line}\n`);
    return local;
  }

  /** Every name that is imported, `{ overlays as devOverlays }` as `overlays`, with what it is called here. */
  imports(): readonly { readonly name: string; readonly local: string; readonly from: string }[] {
    return this.#tree.statements
      .filter((node) => this.#typescript.isImportDeclaration(node))
      .flatMap((node) => {
        const bindings = node.importClause?.namedBindings;
        if (bindings === undefined || !this.#typescript.isNamedImports(bindings)) return [];
        return bindings.elements.map(({ name, propertyName }) => ({
          name: (propertyName ?? name).text,
          local: name.text,
          from: this.#pathOf(node),
        }));
      });
  }

  /** The constant that is defined by a call with this name in it: `defineTeam({ name: "sre", … })`. */
  definition(callee: string, name: string): { readonly constant: string; readonly props: typescript.ObjectLiteralExpression } | undefined {
    for (const { constant, value } of this.#constants()) {
      if (!this.#typescript.isCallExpression(value) || value.expression.getText() !== callee) continue;
      const [props] = value.arguments;
      if (props === undefined || !this.#typescript.isObjectLiteralExpression(props)) continue;
      const written = this.property(props, "name");
      if (written !== undefined && this.#typescript.isStringLiteralLike(written) && written.text === name) return { constant, props };
    }
    return undefined;
  }

  /** The value of an object's property. */
  property(object: typescript.ObjectLiteralExpression, name: string): typescript.Expression | undefined {
    const found = object.properties.find((entry) => entry.name?.getText() === name);
    return found !== undefined && this.#typescript.isPropertyAssignment(found) ? found.initializer : undefined;
  }

  /** The value of a constant of the file. */
  constant(name: string): typescript.Expression | undefined {
    return this.#constants().find(({ constant }) => constant === name)?.value;
  }

  /** An expression, if it is a list. */
  list(expression: typescript.Expression | undefined): typescript.ArrayLiteralExpression | undefined {
    return expression !== undefined && this.#typescript.isArrayLiteralExpression(expression) ? expression : undefined;
  }

  /** Every list of the file, outermost first. */
  lists(): readonly typescript.ArrayLiteralExpression[] {
    return this.#find(this.#tree, (node) => this.#typescript.isArrayLiteralExpression(node));
  }

  /** Whether an expression is an object, one of whose properties is that value: `{ definition: staging, … }`. */
  holds(element: typescript.Expression, property: string, value: string): boolean {
    return this.#typescript.isObjectLiteralExpression(element) && this.property(element, property)?.getText() === value;
  }

  /**
   * Puts an element into a list, unless it stands there already.
   *
   * @param behind - the element that it follows; @default the last
   */
  addElement(find: ListFinder, element: string, behind: (node: typescript.Expression) => boolean = () => true): void {
    const list = find(this);
    if (list === undefined || list.elements.some((node) => node.getText() === element)) return;
    const before = list.elements.findLast((node) => behind(node));
    if (before === undefined) this.#insert(list.getStart() + 1, element);
    else if (this.#isOnOneLine(list)) this.#insert(before.end, `, ${element}`);
    else this.#insertLine(before, element);
    this.#fit(find, element);
  }

  #insertLine(before: typescript.Expression, element: string): void {
    const indent = /^[ \t]*/.exec(this.#lineAt(before.getStart()))?.[0] ?? "";
    // a remark behind the element stays with it
    const rest = /^,[ \t]*(\/\/[^\n]*)?(?=\r?\n)/.exec(this.text.slice(before.end))?.[0];
    if (rest === undefined) this.#insert(before.end, `,\n${indent}${element}`);
    else this.#insert(before.end + rest.length, `\n${indent}${element},`);
  }

  /** Breaks what is too long for its line, outermost first, as prettier does. */
  #fit(find: ListFinder, element: string): void {
    for (let depth = 0; depth < 5; depth++) {
      const list = find(this);
      const added = list?.elements.find((node) => node.getText() === element);
      if (list === undefined || added === undefined) return;
      const isLong = this.#lineAt(added.getStart()).length > lineWidth;
      const target = isLong ? this.#outermostOnLine(added) : this.#isTable(list) ? list : undefined;
      if (target === undefined) return;
      this.#break(target);
    }
  }

  /** Prettier puts objects of several properties on lines of their own as soon as there are two. */
  #isTable(list: typescript.ArrayLiteralExpression): boolean {
    const isRow = (node: typescript.Expression): boolean => this.#typescript.isObjectLiteralExpression(node) && node.properties.length > 1;
    return this.#isOnOneLine(list) && list.elements.length > 1 && list.elements.every(isRow);
  }

  /** The outermost list or object around a node that begins on the node's line and ends on it. */
  #outermostOnLine(node: typescript.Node): Container | undefined {
    const lineOf = (position: number): number => this.#tree.getLineAndCharacterOfPosition(position).line;
    let outermost: Container | undefined;
    for (let current = node; !this.#typescript.isSourceFile(current); current = current.parent) {
      if (lineOf(current.getStart()) !== lineOf(node.getStart())) break;
      if (this.#isContainer(current) && this.#isOnOneLine(current)) outermost = current;
    }
    return outermost;
  }

  #isContainer(node: typescript.Node): node is Container {
    return this.#typescript.isArrayLiteralExpression(node) || this.#typescript.isObjectLiteralExpression(node);
  }

  #break(node: Container): void {
    const parts = this.#typescript.isArrayLiteralExpression(node) ? node.elements : node.properties;
    const indent = /^[ \t]*/.exec(this.#lineAt(node.getStart()))?.[0] ?? "";
    const [open, close] = this.#typescript.isArrayLiteralExpression(node) ? ["[", "]"] : ["{", "}"];
    const lines = parts.map((part) => `${indent}  ${part.getText()},`);
    this.#replace(node.getStart(), node.end, [open, ...lines, `${indent}${close}`].join("\n"));
  }

  #constants(): readonly { readonly constant: string; readonly value: typescript.Expression }[] {
    return this.#tree.statements
      .filter((node) => this.#typescript.isVariableStatement(node))
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .flatMap(({ name, initializer }) => (initializer === undefined ? [] : [{ constant: name.getText(), value: initializer }]));
  }

  /** Names that a new import would meet. */
  #declared(): ReadonlySet<string> {
    const functions = this.#tree.statements
      .filter((node) => this.#typescript.isFunctionDeclaration(node))
      .map(({ name }) => name?.text ?? "");
    return new Set([...functions, ...this.#constants().map(({ constant }) => constant), ...this.imports().map(({ local }) => local)]);
  }

  #find<T extends typescript.Node>(within: typescript.Node, is: (node: typescript.Node) => node is T): T[] {
    const found: T[] = is(within) ? [within] : [];
    this.#typescript.forEachChild(within, (child) => {
      found.push(...this.#find(child, is));
    });
    return found;
  }

  #pathOf({ moduleSpecifier }: typescript.ImportDeclaration): string {
    return this.#typescript.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
  }

  #isOnOneLine(node: typescript.Node): boolean {
    return !node.getText().includes("\n");
  }

  #lineAt(position: number): string {
    const start = this.text.lastIndexOf("\n", position - 1) + 1;
    const end = this.text.indexOf("\n", position);
    return this.text.slice(start, end === -1 ? undefined : end);
  }

  #insert(position: number, text: string): void {
    this.#replace(position, position, text);
  }

  #replace(start: number, end: number, text: string): void {
    const whole = `${this.text.slice(0, start)}${text}${this.text.slice(end)}`;
    this.#tree = this.#typescript.createSourceFile(this.path, whole, this.#typescript.ScriptTarget.Latest, true);
  }
}
