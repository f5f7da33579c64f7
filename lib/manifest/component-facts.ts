/** What runs beside Kubernetes and reads objects of its own. */
export type Component = "argocd" | "externalSecrets" | "istio";

/** An API version of some kinds, and the releases of a component that serve it. */
export interface ComponentApi {
  readonly component: Component;
  readonly api: string;
  readonly kinds: readonly string[];
  /** The first release that serves it. */
  readonly since?: string;
  /** The first release that does not serve it any more. */
  readonly removed?: string;
  /** What to write instead. */
  readonly successor: string;
}

/** A field that a component does not know from its beginning. */
export interface ComponentField {
  readonly component: Component;
  /** The group and kind that have it. */
  readonly kind: string;
  /** Its path; `[]` stands for every entry of a list. */
  readonly field: string;
  /** The first release that knows it; an older one drops it without a word. */
  readonly since: string;
}

/** How messages name a component. */
export const componentNames: Readonly<Record<Component, string>> = {
  argocd: "Argo CD",
  externalSecrets: "the External Secrets Operator",
  istio: "Istio",
};

/** The newest releases that are known here: what counts where nobody says what runs. */
export const newestReleases: Readonly<Record<Component, string>> = { argocd: "3.5.3", externalSecrets: "2.9.0", istio: "1.31.1" };

const stores = ["ClusterExternalSecret", "ClusterSecretStore", "ExternalSecret", "SecretStore"];
const routing = ["DestinationRule", "Gateway", "ServiceEntry", "Sidecar", "VirtualService", "WorkloadEntry", "WorkloadGroup"];

/**
 * API versions that not every release serves.
 * @see https://github.com/external-secrets/external-secrets/releases/tag/v0.17.0
 * @see https://istio.io/latest/blog/2024/v1-apis/
 */
export const componentApis: readonly ComponentApi[] = [
  { component: "externalSecrets", api: "external-secrets.io/v1", kinds: stores, since: "0.16", successor: "external-secrets.io/v1beta1" },
  { component: "externalSecrets", api: "external-secrets.io/v1beta1", kinds: stores, removed: "0.17", successor: "external-secrets.io/v1" },
  { component: "istio", api: "networking.istio.io/v1", kinds: routing, since: "1.22", successor: "networking.istio.io/v1beta1" },
  { component: "istio", api: "security.istio.io/v1", kinds: ["PeerAuthentication"], since: "1.22", successor: "security.istio.io/v1beta1" },
  { component: "istio", api: "telemetry.istio.io/v1", kinds: ["Telemetry"], since: "1.22", successor: "telemetry.istio.io/v1alpha1" },
];

/** The first Argo CD that knows a field of an Application or AppProject, by the field's path. */
export const argocdSince = {
  "spec.clusterResourceBlacklist[].name": "3.3",
  "spec.clusterResourceWhitelist[].name": "3.3",
  "spec.sourceHydrator.syncSource.repoURL": "3.5",
  "spec.sourceIntegrity": "3.5",
  "spec.syncPolicy.automated.enabled": "3.1",
  "spec.syncPolicy.retry.refresh": "3.2",
  "spec.syncWindows[].syncOverrun": "3.5",
} as const satisfies Readonly<Record<string, string>>;

const applicationFields = [
  "spec.syncPolicy.automated.enabled",
  "spec.syncPolicy.retry.refresh",
  "spec.sourceHydrator.syncSource.repoURL",
] as const;
const projectFields = [
  "spec.clusterResourceWhitelist[].name",
  "spec.clusterResourceBlacklist[].name",
  "spec.syncWindows[].syncOverrun",
  "spec.sourceIntegrity",
] as const;

/** Fields that not every release knows; sync options are in `sync-option-names.ts`. */
export const componentFields: readonly ComponentField[] = [
  ...applicationFields.flatMap((field): ComponentField[] => [
    { component: "argocd", kind: "argoproj.io/Application", field, since: argocdSince[field] },
    { component: "argocd", kind: "argoproj.io/ApplicationSet", field: `spec.template.${field}`, since: argocdSince[field] },
  ]),
  ...projectFields.map(
    (field): ComponentField => ({ component: "argocd", kind: "argoproj.io/AppProject", field, since: argocdSince[field] }),
  ),
  { component: "externalSecrets", kind: "external-secrets.io/ExternalSecret", field: "spec.data[].remoteRef.nullBytePolicy", since: "2.3" },
];
