import { entriesOf } from "./entries-of.ts";
import { fieldsOf } from "./fields-of.ts";
import type { PodTemplateDocument } from "./pod-spec.ts";

/** What a Pod and its containers say of their rights: the fields that Pod Security Standards judge. */
export interface SecuredPod {
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly spec: SecuredPodSpec;
  /** Every container: init containers first, ephemeral ones last. */
  readonly containers: readonly SecuredContainer[];
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec */
export interface SecuredPodSpec {
  readonly os?: { readonly name?: string };
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly securityContext?: PodSecurityContextDocument;
  readonly initContainers?: readonly SecuredContainer[];
  readonly containers?: readonly SecuredContainer[];
  readonly ephemeralContainers?: readonly SecuredContainer[];
  /** Each has a name, and its source under the name of its kind. */
  readonly volumes?: readonly { readonly name: string; readonly [source: string]: unknown }[];
}

/** What a Pod says for all of its containers. */
export interface PodSecurityContextDocument extends SharedSecurityContext {
  readonly sysctls?: readonly { readonly name: string; readonly value?: string }[];
}

/** What a container says for itself. */
export interface ContainerSecurityContext extends SharedSecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
}

/** What both may say; a container's word goes over the Pod's. */
export interface SharedSecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly appArmorProfile?: { readonly type?: string };
  readonly seccompProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

/** A container of any sort. */
export interface SecuredContainer {
  readonly name: string;
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly securityContext?: ContainerSecurityContext;
  readonly ports?: readonly { readonly containerPort?: number; readonly hostPort?: number }[];
  readonly livenessProbe?: HandlerDocument;
  readonly readinessProbe?: HandlerDocument;
  readonly startupProbe?: HandlerDocument;
  readonly lifecycle?: { readonly postStart?: HandlerDocument; readonly preStop?: HandlerDocument };
}

/** A probe or lifecycle handler, as far as it calls a host. */
export interface HandlerDocument {
  readonly httpGet?: { readonly host?: string };
  readonly tcpSocket?: { readonly host?: string };
}

/** Reads a Pod template for its rights. */
export function securedPod({ metadata, spec }: PodTemplateDocument): SecuredPod {
  const pod = fieldsOf(spec) as SecuredPodSpec;
  const containers = entriesOf(pod.containers);
  const others = pod.initContainers !== undefined || pod.ephemeralContainers !== undefined;
  return {
    annotations: fieldsOf(metadata?.annotations),
    spec: pod,
    containers: others ? [...entriesOf(pod.initContainers), ...containers, ...entriesOf(pod.ephemeralContainers)] : containers,
  };
}
