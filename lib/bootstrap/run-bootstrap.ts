import type { Definitions } from "../definition/definitions.ts";
import { nearestNames } from "../errors/nearest-names.ts";
import { UserError } from "../errors/user-error.ts";
import type { BootstrapWorld } from "./bootstrap-world.ts";
import { destroyControlPlane } from "./destroy-control-plane.ts";

const usage = `usage: npm run bootstrap -- preview|up|destroy [--stack <name>] [arguments of pulumi]

Makes a cluster a control plane, or takes that back: docs/bootstrap.md. \`pulumi\` does the work, and may be called directly as well.
`;

const commands = ["preview", "up", "destroy"] as const;

/**
 * Runs `npm run bootstrap -- …`: chooses the stack and calls Pulumi; before a teardown it looks whether one is allowed, and empties
 * Argo CD.
 *
 * @returns Pulumi's exit code
 * @throws UserError when the command line cannot be understood, Pulumi is missing, or a teardown is refused
 */
export async function runBootstrap(argv: readonly string[], world: BootstrapWorld): Promise<number> {
  const [command, ...given] = argv;
  if (command === undefined || ["help", "--help", "-h"].includes(command)) {
    world.io.stdout(usage);
    return command === undefined ? 2 : 0;
  }
  const known = commands.find((candidate) => candidate === command);
  if (known === undefined) {
    throw new UserError(`'${command}' is nothing that a control plane's stack can do`, { hint: `say ${nearestNames(command, commands)}` });
  }
  const { stack, rest } = chosenStack(given, world.definitions);
  // the configuration that people set next is then this stack's
  const selected = await world.pulumi.run(["stack", "select", stack, ...(known === "destroy" ? [] : ["--create"])]);
  if (selected !== 0) return selected;
  if (known === "destroy") return destroyControlPlane(stack, rest, world);
  return world.pulumi.run([known, "--stack", stack, ...rest]);
}

/** The one that is named, else that of the only control plane; and the arguments without it. */
function chosenStack(given: readonly string[], { controlPlanes }: Definitions): { stack: string; rest: string[] } {
  const rest = [...given];
  const at = rest.findIndex((argument) => /^(--stack|-s)(=|$)/.test(argument));
  if (at >= 0) {
    const [argument = ""] = rest.splice(at, 1);
    const stack = argument.includes("=") ? argument.slice(argument.indexOf("=") + 1) : rest.splice(at, 1)[0];
    if (stack === undefined || stack === "") throw new UserError("'--stack' needs a name", { hint: "for example `--stack main`" });
    return { stack, rest };
  }
  const [only, ...others] = controlPlanes.map(({ name }) => name);
  if (only === undefined) throw new UserError("there is no control plane", { hint: "define one in environments/registry.ts" });
  if (others.length === 0) return { stack: only, rest };
  throw new UserError("which control plane is not said", {
    hint: `name its stack by --stack; environments/registry.ts has ${[only, ...others].map((name) => `'${name}'`).join(", ")}`,
  });
}
