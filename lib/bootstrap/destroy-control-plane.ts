import { applicationKind } from "../cluster/application.ts";
import { UserError } from "../errors/user-error.ts";
import { type BootstrapConfig, readBootstrapConfig } from "./bootstrap-config.ts";
import type { BootstrapWorld } from "./bootstrap-world.ts";
import { foreignDelivery } from "./foreign-delivery.ts";
import { refuseWithProduction } from "./refuse-with-production.ts";
import { removeDelivery } from "./remove-delivery.ts";
import { StackConfiguration, type StackEntry } from "./stack-configuration.ts";

/**
 * Destroys a stack. Without `keelson:teardown` Pulumi only forgets what it made. With it everything goes: first all that Argo CD delivers,
 * as long as Argo CD is there to do it, and then Argo CD.
 *
 * @param args - for `pulumi destroy`
 * @returns Pulumi's exit code
 * @throws UserError when production is still delivered, the consent is missing, or something is not ready for it
 */
export async function destroyControlPlane(stack: string, args: readonly string[], world: BootstrapWorld): Promise<number> {
  const { io, pulumi, definitions } = world;
  const config = await configOf(stack, world);
  const destroy = ["destroy", "--stack", stack, ...args];
  if (!config.teardown) {
    io.stderr("'keelson:teardown' is not set: Pulumi forgets what it made, and everything stays in the cluster\n");
    return pulumi.run(destroy);
  }
  if (args.includes("--preview-only")) return pulumi.run(destroy);

  const { name, namespace } = config.controlPlane;
  const cluster = await io.connect(config);
  refuseWithProduction(await cluster.list(applicationKind, { namespace }), definitions.environments);
  await requireReleased(stack, world);
  const [foreign, ...others] = await foreignDelivery(cluster, namespace);
  if (foreign !== undefined) {
    throw new UserError(`Keelson did not make ${foreign}${others.length > 0 ? ` and ${others.length} more` : ""} in '${namespace}'`, {
      hint: "move what is not Keelson's, or delete it yourself",
    });
  }
  const agreed = args.some((argument) => ["--yes", "-y"].includes(argument));
  if (!agreed) await requireConsent(config, world);
  await removeDelivery({ cluster, namespace, sleep: io.sleep, stderr: io.stderr });
  io.stderr(`Argo CD delivers nothing any more; removing the control plane '${name}'\n`);
  return pulumi.run([...destroy, ...(agreed ? [] : ["--yes"])]);
}

async function configOf(stack: string, { pulumi, definitions }: BootstrapWorld): Promise<BootstrapConfig> {
  const listed = JSON.parse(await pulumi.read(["config", "--json", "--stack", stack])) as Record<string, Partial<StackEntry>>;
  const entries = Object.entries(listed).map(([key, { value, secret = false }]) => ({
    key,
    // secrets are not asked for
    value: value ?? "(secret)",
    secret,
  }));
  return readBootstrapConfig(StackConfiguration.of(stack, entries), definitions);
}

/**
 * Until `up` has run with the consent, Pulumi keeps to what it was told before: it would refuse, or leave everything behind, when Argo CD
 * is empty already.
 */
async function requireReleased(stack: string, { pulumi }: BootstrapWorld): Promise<void> {
  const state = JSON.parse(await pulumi.read(["stack", "export", "--stack", stack])) as {
    readonly deployment: { readonly resources?: readonly { readonly protect?: boolean; readonly retainOnDelete?: boolean }[] };
  };
  const kept = state.deployment.resources?.some(({ protect, retainOnDelete }) => protect === true || retainOnDelete === true) ?? false;
  if (kept) {
    throw new UserError(`the stack '${stack}' still keeps what it made: its last \`up\` was before 'keelson:teardown' was set`, {
      hint: `run \`npm run bootstrap -- up --stack ${stack}\` first`,
    });
  }
}

async function requireConsent({ controlPlane: { name }, context }: BootstrapConfig, { io }: BootstrapWorld): Promise<void> {
  const answer = await io.ask(
    `This removes everything that '${name}' delivers, and Argo CD, from the cluster of '${context}'. Type its name to go on: `,
  );
  if (answer?.trim() === name) return;
  throw new UserError(answer === undefined ? "nobody is there to agree to the teardown" : "the teardown was not agreed to", {
    hint: `type '${name}', or give --yes; nothing was removed`,
  });
}
