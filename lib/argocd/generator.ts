import { Value } from "../definition/value.ts";
import { UserError } from "../errors/user-error.ts";
import type { ClustersProps, GitProps, LabelSelector, PullRequestProps } from "./generator-props.ts";
import type { JsonObject } from "./json-value.ts";

/** How many combinations (`matrix`, `merge`) stand one inside the other; Argo CD knows two at most. */
export type GeneratorDepth = 0 | 1 | 2;

/**
 * Where an ApplicationSet gets the parameters of its Applications from.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
export class Generator<Depth extends GeneratorDepth = GeneratorDepth> extends Value {
  readonly depth: Depth;
  /** `list`, `clusters`, `git` … */
  readonly kind: string;
  /** What Argo CD reads below that key. */
  readonly spec: object;
  /** Passes only parameters that match. */
  readonly selector: LabelSelector | undefined;
  /** The parameters themselves, where they are known offline: those of a `list`. */
  readonly elements: readonly JsonObject[] | undefined;

  private constructor(depth: Depth, kind: string, spec: object, elements?: readonly JsonObject[], selector?: LabelSelector) {
    super();
    this.depth = depth;
    this.kind = kind;
    this.spec = spec;
    this.elements = elements;
    this.selector = selector;
  }

  /**
   * One Application for each element; values may be anything but `null`.
   * @throws UserError when an element is empty: Argo CD would leave the template as it is
   */
  static list(elements: readonly JsonObject[]): Generator<0> {
    const empty = elements.findIndex((element) => Object.keys(element).length === 0);
    if (empty >= 0) throw new UserError(`element ${empty + 1} of the list generator is empty`);
    return new Generator(0, "list", { elements }, elements);
  }

  /** One Application for each registered cluster. */
  static clusters(props: ClustersProps = {}): Generator<0> {
    return new Generator(0, "clusters", { ...props });
  }

  /** One Application for each folder. */
  static gitDirectories(props: GitProps): Generator<0> {
    const { paths, ...git } = props;
    return new Generator(0, "git", { ...git, directories: requirePaths(paths) });
  }

  /** One Application for each JSON or YAML file, with what it says as parameters. */
  static gitFiles(props: GitProps): Generator<0> {
    const { paths, ...git } = props;
    return new Generator(0, "git", { ...git, files: requirePaths(paths) });
  }

  /** One Application for each open pull request. */
  static pullRequest(props: PullRequestProps): Generator<0> {
    const { provider, ...pullRequest } = props;
    return new Generator(0, "pullRequest", { ...provider, ...pullRequest });
  }

  /** Every combination of two generators; the second may use parameters of the first. */
  static matrix(first: Generator<0>, second: Generator<0>): Generator<1>;
  static matrix(first: Generator<0 | 1>, second: Generator<0 | 1>): Generator<2>;
  static matrix(first: Generator<0 | 1>, second: Generator<0 | 1>): Generator<1 | 2> {
    return Generator.#combine("matrix", { generators: [first.toJson(), second.toJson()] }, [first, second]);
  }

  /** The first generator's parameters, overridden by those of the others that agree on the keys. */
  static merge(
    mergeKeys: readonly [string, ...string[]],
    generators: readonly [Generator<0>, Generator<0>, ...Generator<0>[]],
  ): Generator<1>;
  static merge(
    mergeKeys: readonly [string, ...string[]],
    generators: readonly [Generator<0 | 1>, Generator<0 | 1>, ...Generator<0 | 1>[]],
  ): Generator<2>;
  static merge(mergeKeys: readonly [string, ...string[]], generators: readonly Generator<0 | 1>[]): Generator<1 | 2> {
    return Generator.#combine("merge", { mergeKeys, generators: generators.map((generator) => generator.toJson()) }, generators);
  }

  static #combine(kind: string, spec: object, generators: readonly Generator<0 | 1>[]): Generator<1 | 2> {
    return new Generator<1 | 2>(generators.some(({ depth }) => depth === 1) ? 2 : 1, kind, spec);
  }

  /** The same generator, narrowed to parameters that match. */
  matching(selector: LabelSelector): Generator<Depth> {
    return new Generator(this.depth, this.kind, this.spec, this.elements, selector);
  }

  /** As Argo CD reads it: `{ list: { elements: […] } }`. */
  toJson(): object {
    return { [this.kind]: this.spec, ...(this.selector !== undefined && { selector: this.selector }) };
  }
}

function requirePaths(paths: GitProps["paths"]): GitProps["paths"] {
  if (paths.length === 0) throw new UserError("the git generator names no path");
  return paths;
}
