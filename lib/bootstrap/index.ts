// What `pulumi up` runs: reads what people wrote and the stack's configuration, and makes the control plane.
// Its exports are the stack's outputs.
import process from "node:process";
import * as pulumi from "@pulumi/pulumi";
import { loadDefinitions } from "../cli/load-definitions.ts";
import { printIssues } from "../cli/print-issues.ts";
import { processIo, root } from "../cli/process-io.ts";
import { projectFiles } from "../cli/project-files.ts";
import { readLineInput } from "../cli/read-line-input.ts";
import { reportError } from "../cli/report-error.ts";
import { applicationKind } from "../cluster/application.ts";
import { renderRepository } from "../synth/line.ts";
import { type BootstrapConfig, readBootstrapConfig } from "./bootstrap-config.ts";
import { bootstrapDocuments } from "./bootstrap-documents.ts";
import { ControlPlane } from "./control-plane.ts";
import { refuseWithProduction } from "./refuse-with-production.ts";
import { requireRepositorySecret } from "./require-repository-secret.ts";
import { StackConfiguration } from "./stack-configuration.ts";

/** What is said of an error is one text to Pulumi, which prints it after `error: `. */
let told = "";
const io = processIo({
  stderr: (text) => {
    told += text;
  },
});

/** How to get in; nothing of it is secret. */
export const { controlPlane, namespace, argocdVersion, openArgoCd, firstPassword } = await main().catch((error: unknown) => {
  if (told === "") reportError(error, io);
  throw new pulumi.RunError(told.replace(/^error: /, "").trimEnd());
});

async function main(): Promise<Record<"controlPlane" | "namespace" | "argocdVersion" | "openArgoCd" | "firstPassword", string>> {
  const definitions = await loadDefinitions();
  const secretKeys = new Set(JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[]);
  const configuration = StackConfiguration.of(
    pulumi.getStack(),
    Object.entries(pulumi.runtime.allConfig()).map(([key, value]) => ({ key, value, secret: secretKeys.has(key) })),
  );
  const config = readBootstrapConfig(configuration, definitions);
  const { context, kubeconfig, controlPlane } = config;
  // a context that is not there is told here, with those that are
  const cluster = await io.connect({ context, kubeconfig });
  if (config.teardown) {
    // before the protection falls: `pulumi destroy` itself asks nobody
    refuseWithProduction(await cluster.list(applicationKind, { namespace: controlPlane.namespace }), definitions.environments);
  } else {
    await requireRepositorySecret(cluster, config);
  }

  const { manifests, issues } = renderRepository(readLineInput(definitions, projectFiles(root)));
  const errors = issues.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    printIssues(errors, io);
    throw new Error("the repository has errors");
  }
  const documents = bootstrapDocuments(manifests, controlPlane);
  new ControlPlane(controlPlane.name, { config, documents, repositoryUrl: definitions.repository.url });
  return outputs(config);
}

function outputs({ controlPlane: { name, namespace, argocdVersion }, context }: BootstrapConfig): Awaited<ReturnType<typeof main>> {
  const kubectl = `kubectl --context ${quoted(context)} -n ${namespace}`;
  return {
    controlPlane: name,
    namespace,
    argocdVersion,
    openArgoCd: `${kubectl} port-forward service/argocd-server 8080:443`,
    firstPassword: `${kubectl} get secret argocd-initial-admin-secret -o 'jsonpath={.data.password}' | base64 -d`,
  };
}

/** As a shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
