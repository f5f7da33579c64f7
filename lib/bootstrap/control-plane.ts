import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesObject } from "../manifest/manifest.ts";
import { argoCdChartValues, chartRepository, chartVersionOf } from "./argocd-chart.ts";
import type { BootstrapConfig } from "./bootstrap-config.ts";
import type { BootstrapDocuments } from "./bootstrap-documents.ts";
import { repositorySecret } from "./repository-secret.ts";

/** What a control plane is made of. */
export interface ControlPlaneArgs {
  readonly config: BootstrapConfig;
  readonly documents: BootstrapDocuments;
  /** The repository's address, as Argo CD clones it. */
  readonly repositoryUrl: string;
}

/**
 * A cluster that runs Argo CD, from nothing up to the root Application; everything else follows from Git. Who owns which object afterwards:
 * docs/adr/0008-who-owns-which-object.md.
 */
export class ControlPlane extends pulumi.ComponentResource {
  constructor(name: string, { config, documents, repositoryUrl }: ControlPlaneArgs, options?: pulumi.ComponentResourceOptions) {
    super("keelson:bootstrap:ControlPlane", name, {}, options);
    const { controlPlane, install, settings, repositoryAccess, teardown } = config;
    const { namespace } = controlPlane;
    // without a word of consent nothing leaves the cluster: deleting a namespace deletes Applications, and they what they deploy
    const kept = { parent: this, retainOnDelete: !teardown };

    // what is there already belongs to somebody else: an error, never an update
    const made = { ...kept, provider: new k8s.Provider("cluster", this.#cluster(config), { parent: this }) };
    // these are Pulumi's for good, and taken over where `kubectl apply` made them
    const owned = {
      ...kept,
      provider: new k8s.Provider(
        "cluster-owned",
        { ...this.#cluster(config), upsertExistingObjects: true, enablePatchForce: true, enableSecretMutable: true },
        { parent: this },
      ),
    };

    const ready: pulumi.Resource[] = [];
    if (install === "helm") ready.push(new k8s.core.v1.Namespace("namespace", { metadata: { name: namespace } }, made));
    if (settings === "create")
      ready.push(...documents.settings.map((document) => settingsOnce(document, { ...made, dependsOn: [...ready] })));
    if (install === "helm") {
      const values = argoCdChartValues(controlPlane.argocdVersion, new Set(documents.settings.map(({ metadata }) => metadata.name)));
      ready.push(
        new k8s.helm.v3.Release(
          "argocd",
          {
            name: "argocd",
            chart: "argo-cd",
            version: chartVersionOf(controlPlane.argocdVersion),
            repositoryOpts: { repo: chartRepository },
            namespace,
            values: { ...values },
          },
          { ...made, dependsOn: [...ready] },
        ),
      );
    }
    const secret = repositorySecret(repositoryAccess, { url: repositoryUrl, namespace });
    if (secret !== undefined) ready.push(new k8s.core.v1.Secret("repository", secret, { ...owned, dependsOn: [...ready] }));
    const project = customResource("root-project", documents.project, { ...owned, dependsOn: [...ready] });
    const guarded = !teardown && controlPlane.environments.some(({ policy }) => policy.approval === "pull-request");
    customResource("root", documents.root, { ...owned, dependsOn: [...ready, project], protect: guarded });
    this.registerOutputs({});
  }

  #cluster({ context, kubeconfig, controlPlane }: BootstrapConfig): k8s.ProviderArgs {
    return {
      context,
      ...(kubeconfig !== undefined && { kubeconfig }),
      // a kubeconfig that moves is no other cluster: nothing is to be replaced
      clusterIdentifier: controlPlane.cluster.name,
      enableServerSideApply: true,
    };
  }
}

/** A ConfigMap that Argo CD cannot start without, and that Git alone writes from then on. */
function settingsOnce({ metadata, data }: KubernetesObject, options: pulumi.CustomResourceOptions): k8s.core.v1.ConfigMap {
  return new k8s.core.v1.ConfigMap(
    metadata.name,
    { metadata: plain(metadata), data: data as Record<string, string> },
    { ...options, ignoreChanges: ["metadata", "data", "binaryData", "immutable"] },
  );
}

function customResource(name: string, document: KubernetesObject, options: pulumi.CustomResourceOptions): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(name, { ...document, metadata: plain(document.metadata) }, options);
}

/** The SDK's types know no `readonly`. */
function plain({ finalizers, labels, annotations, ...names }: KubernetesObject["metadata"]): k8s.types.input.meta.v1.ObjectMeta {
  return {
    ...names,
    ...(finalizers && { finalizers: [...finalizers] }),
    ...(labels && { labels: { ...labels } }),
    ...(annotations && { annotations: { ...annotations } }),
  };
}
