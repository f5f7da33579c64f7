import type { Io } from "../cli/io.ts";
import type { Definitions } from "../definition/definitions.ts";
import type { PulumiCli } from "./pulumi-cli.ts";

/** What `npm run bootstrap` works with; handed in, so that tests hand in their own. */
export interface BootstrapWorld {
  readonly io: Pick<Io, "stdout" | "stderr" | "ask" | "sleep" | "connect">;
  readonly pulumi: PulumiCli;
  readonly definitions: Definitions;
  /** `$KUBECONFIG`, which Pulumi's provider takes where the configuration names none. @default `~/.kube/config` */
  readonly kubeconfig: string | undefined;
}
