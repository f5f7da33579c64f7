import { UserError } from "../errors/user-error.ts";
import type { BootstrapConfig } from "./bootstrap-config.ts";

/** What is read of one resource in a stack's state. */
interface StateResource {
  readonly type: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** What Pulumi remembers of a stack's last `up`. `pulumi destroy` acts on that, and not on what the configuration says now. */
export class StackState {
  readonly #stack: string;
  readonly #resources: readonly StateResource[];

  private constructor(stack: string, resources: readonly StateResource[]) {
    this.#stack = stack;
    this.#resources = resources;
  }

  /** @param exported - what `pulumi stack export` printed */
  static parse(stack: string, exported: string): StackState {
    const { deployment } = JSON.parse(exported) as { readonly deployment: { readonly resources?: readonly StateResource[] } };
    return new StackState(stack, deployment.resources ?? []);
  }

  /**
   * Until the next `up` Pulumi goes to the cluster of the last one: what was found in another says nothing of it.
   *
   * @param target - where the configuration leads now; `kubeconfig` with the default that the provider takes
   * @throws UserError when the last `up` went elsewhere
   */
  requireCluster({ context, kubeconfig }: Pick<BootstrapConfig, "context" | "kubeconfig">): void {
    const providers = this.#resources.filter(({ type }) => type === "pulumi:providers:kubernetes");
    const again = `run \`npm run bootstrap -- up --stack ${this.#stack} --refresh --run-program\` first`;
    const elsewhere = providers.find(({ inputs }) => inputs?.context !== context);
    if (elsewhere !== undefined) {
      throw new UserError(
        `the last \`up\` of the stack '${this.#stack}' went to the context '${String(elsewhere.inputs?.context)}', and 'keelson:context' is '${context}'`,
        { hint: `${again}, or set the context back` },
      );
    }
    // what stands there is not told: it may be the contents of one
    if (providers.some(({ inputs }) => inputs?.kubeconfig !== kubeconfig)) {
      throw new UserError(`the last \`up\` of the stack '${this.#stack}' read another kubeconfig than this command would`, {
        hint: `${again}, or set 'keelson:kubeconfig' or KUBECONFIG back`,
      });
    }
  }

  /**
   * Until `up` has run with the consent, Pulumi keeps to what it was told before: it would refuse, or leave everything behind, when Argo CD
   * is empty already.
   *
   * @throws UserError when something is still kept
   */
  requireReleased(): void {
    if (!this.#resources.some(({ protect, retainOnDelete }) => protect === true || retainOnDelete === true)) return;
    throw new UserError(`the stack '${this.#stack}' still keeps what it made: its last \`up\` was before 'keelson:teardown' was set`, {
      hint: `run \`npm run bootstrap -- up --stack ${this.#stack}\` first`,
    });
  }
}
