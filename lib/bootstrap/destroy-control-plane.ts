import { UserError } from "../errors/user-error.ts";
import { type BootstrapConfig, readBootstrapConfig } from "./bootstrap-config.ts";
import type { BootstrapWorld } from "./bootstrap-world.ts";
import { removableDelivery } from "./removable-delivery.ts";
import { removeDelivery } from "./remove-delivery.ts";
import { StackConfiguration, type StackEntry } from "./stack-configuration.ts";
import { StackState } from "./stack-state.ts";

const agreeing = ["--yes", "-y"];
const previewing = ["--preview-only", "--preview-only=true"];

/** Any other argument of Pulumi would make it keep, or ask for, something when everything that is delivered has gone. */
const understood = [...agreeing, ...previewing, "--skip-preview"];

/**
 * Destroys a stack. Without `keelson:teardown` Pulumi only forgets what it made. With it everything goes: first all that Argo CD delivers,
 * as long as Argo CD is there to do it, and then what the bootstrap made.
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
  requireUnderstood(args);
  if (args.some((argument) => previewing.includes(argument))) return pulumi.run(destroy);

  const state = StackState.parse(stack, await pulumi.read(["stack", "export", "--stack", stack]));
  state.requireCluster({ context: config.context, kubeconfig: config.kubeconfig ?? world.kubeconfig });
  const { environments } = definitions;
  const place = { cluster: await io.connect(config), namespace: config.controlPlane.namespace, environments };
  await removableDelivery(place);
  state.requireReleased();
  const agreed = args.some((argument) => agreeing.includes(argument));
  if (!agreed) await requireConsent(config, world);
  await removeDelivery({ ...place, sleep: io.sleep, stderr: io.stderr });
  io.stderr("Argo CD delivers nothing any more; Pulumi removes what it made\n");
  return pulumi.run([...destroy, ...(agreed ? [] : ["--yes"])]);
}

function requireUnderstood(args: readonly string[]): void {
  const stray = args.find((argument) => !understood.includes(argument));
  if (stray === undefined) return;
  // a value may be a secret
  throw new UserError(`a teardown does not take '${stray.replace(/=.*/s, "")}'`, {
    hint: `it takes ${understood.join(", ")}; nothing was removed`,
  });
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

async function requireConsent({ controlPlane: { name }, context, install }: BootstrapConfig, { io }: BootstrapWorld): Promise<void> {
  const delivered = `everything that '${name}' delivers, ${install === "helm" ? "and Argo CD" : "but not Argo CD"},`;
  const answer = await io.ask(`This removes ${delivered} from the cluster of '${context}'. Type its name to go on: `);
  if (answer?.trim() === name) return;
  throw new UserError(answer === undefined ? "nobody is there to agree to the teardown" : "the teardown was not agreed to", {
    hint: `type '${name}', or give --yes; nothing was removed`,
  });
}
