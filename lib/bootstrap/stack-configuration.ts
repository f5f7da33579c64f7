import { SecretValue } from "../definition/secret-value.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";

/** As Pulumi.yaml names it. */
const project = "keelson";

/** What a stack's configuration says of one key. */
export interface StackEntry {
  /** With the project's name before it: `keelson:context`. */
  readonly key: string;
  readonly value: string;
  /** Whether it was set with `--secret`. */
  readonly secret: boolean;
}

/** Every key that a stack may set, with what an example would be; `undefined` is a secret, which is never written on a command line. */
const examples = {
  controlPlane: "main",
  context: "gke_acme-platform_europe-west1_main",
  kubeconfig: "/home/ada/.kube/acme",
  install: "helm",
  settings: "create",
  repositoryAccess: "password",
  repositoryUsername: "deploy-token",
  repositoryPassword: undefined,
  repositorySshPrivateKey: undefined,
  repositoryGithubAppId: "123456",
  repositoryGithubAppInstallationId: "12345678",
  repositoryGithubAppPrivateKey: undefined,
  repositoryGithubEnterpriseUrl: "https://github.acme.example/api/v3",
  repositoryExistingSecret: "gitops-repository",
  teardown: "main",
} as const;

/** A key of the stack's configuration, without the project's name before it. */
export type StackKey = keyof typeof examples;

/** Those of them that hold a secret. */
type SecretKey = { [K in StackKey]: (typeof examples)[K] extends undefined ? K : never }[StackKey];

/** What stands under a key. */
type StackValue<K extends StackKey> = K extends SecretKey ? SecretValue : string;

/**
 * The configuration of one stack, as people set it: strings under the keys `keelson:…`. Knows which keys there are and which hold secrets;
 * every complaint says the command that sets it right.
 */
export class StackConfiguration {
  readonly stack: string;
  readonly #entries: ReadonlyMap<string, StackEntry>;

  private constructor(stack: string, entries: ReadonlyMap<string, StackEntry>) {
    this.stack = stack;
    this.#entries = entries;
  }

  /**
   * Picks the project's own keys from everything that a stack sets; other programs' (`kubernetes:…`) are not ours to judge.
   *
   * @throws UserError when a key is unknown, or a secret stands in the clear, something else was set as a secret, or a value is empty
   */
  static of(stack: string, entries: readonly StackEntry[]): StackConfiguration {
    const own = entries.filter(({ key }) => key.startsWith(`${project}:`));
    const byKey = new Map(own.map((entry) => [entry.key.slice(project.length + 1), entry]));
    for (const [key, entry] of byKey) requireUsable(stack, key, entry);
    return new StackConfiguration(stack, byKey);
  }

  /** What is set, if anything. */
  get(key: Exclude<StackKey, SecretKey>): string | undefined {
    return this.#entries.get(key)?.value;
  }

  /**
   * What is set under keys without a default; all that are missing are named at once.
   *
   * @throws UserError when one is missing
   */
  require<K extends StackKey>(...keys: readonly K[]): { readonly [P in K]: StackValue<P> } {
    const missing = keys.filter((key) => !this.#entries.has(key));
    if (missing.length > 0) {
      throw new UserError(`the stack '${this.stack}' lacks ${missing.map((key) => `'keelson:${key}'`).join(" and ")}`, {
        hint: `set ${missing.length === 1 ? "it" : "them"}, for example ${missing.map(setCommand).join(" and ")}; see docs/bootstrap.md`,
      });
    }
    const values = keys.map((key) => {
      const value = this.#entries.get(key)?.value ?? "";
      return [key, examples[key] === undefined ? SecretValue.of(value) : value] as const;
    });
    return Object.fromEntries(values) as { readonly [P in K]: StackValue<P> };
  }

  /**
   * One word of a few.
   *
   * @throws UserError when another stands there
   */
  choose<C extends string>(key: Exclude<StackKey, SecretKey>, choices: readonly C[], fallback: C): C {
    const value = this.get(key) ?? fallback;
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    throw this.mistake(key, `must be ${choices.map((candidate) => `'${candidate}'`).join(" or ")}, got '${value}'`);
  }

  /**
   * @param allowed - the only keys of these that may be set
   * @throws UserError when another one is: it would have no effect
   */
  refuseOthers(keys: readonly StackKey[], allowed: readonly StackKey[], why: string): void {
    const stray = keys.find((key) => this.#entries.has(key) && !allowed.includes(key));
    if (stray === undefined) return;
    throw new UserError(`'keelson:${stray}' of the stack '${this.stack}' has no effect: ${why}`, {
      hint: `remove it by \`pulumi config rm keelson:${stray}\``,
    });
  }

  /** A complaint about a key's value. @param what - what is wrong with it, never the value of a secret */
  mistake(key: StackKey, what: string): UserError {
    return new UserError(`'keelson:${key}' of the stack '${this.stack}' ${what}`, { hint: hintFor(key) });
  }
}

function requireUsable(stack: string, key: string, { value, secret }: StackEntry): void {
  if (!isStackKey(key)) {
    throw new UserError(`the stack '${stack}' sets 'keelson:${key}', which nobody reads`, {
      hint: `remove it by \`pulumi config rm keelson:${key}\`; did you mean ${nearestNames(key, Object.keys(examples), 2)}?`,
    });
  }
  if (examples[key] === undefined && !secret) {
    throw new UserError(`'keelson:${key}' of the stack '${stack}' stands in the clear`, {
      hint: `set it by ${setCommand(key)}; what has been committed or shown to anybody must be replaced by another`,
    });
  }
  if (examples[key] !== undefined && secret) {
    // whoever asks Pulumi for the configuration is not told its value
    throw new UserError(`'keelson:${key}' of the stack '${stack}' was set with --secret, and is nothing secret`, {
      hint: `set it in the clear, for example ${setCommand(key)}`,
    });
  }
  if (value.trim() === "") throw new UserError(`'keelson:${key}' of the stack '${stack}' is empty`, { hint: hintFor(key) });
}

function isStackKey(key: string): key is StackKey {
  return Object.hasOwn(examples, key);
}

function hintFor(key: StackKey): string {
  return `set it, for example ${setCommand(key)}`;
}

/** The command that sets a key; a secret is typed, or read from a file, and never seen by the shell. */
function setCommand(key: StackKey): string {
  const example = examples[key];
  if (example !== undefined) return `\`pulumi config set keelson:${key} ${example}\``;
  return `\`pulumi config set --secret keelson:${key}${key.endsWith("Key") ? " < key-file" : ""}\``;
}
