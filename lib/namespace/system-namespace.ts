import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import { protectionAnnotations } from "../argocd/protection.ts";
import { syncWaveAnnotation } from "../argocd/sync-wave.ts";
import { PodSecurityLevel } from "../definition/pod-security-level.ts";
import type { NamespaceProps } from "../definition/system.ts";
import type { UnitContext, WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { policyControllerLabel } from "../manifest/admission-names.ts";
import { annotation } from "../manifest/labels.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { ExternalSecret } from "../secrets/external-secret.ts";
import { SealedSecret } from "../secrets/sealed-secret.ts";
import { SecretTarget } from "../secrets/secret-target.ts";
import { DefaultDeny, DnsAccess } from "../traffic/network-policy.ts";
import { MeshAccess } from "../traffic/mesh-access.ts";
import { toQuantities } from "../workload/resources.ts";

/** Before everything else of an Application. */
const namespaceWave = -2;
/** Before what reads them. */
const secretsWave = -1;

/**
 * What belongs to a system as a whole: the Namespace with its Pod Security labels, the NetworkPolicies that deny by default and let DNS and
 * the mesh through, quota, limits and the shared ExternalSecrets and SealedSecrets.
 */
export class SystemNamespace extends Construct {
  /**
   * @throws UserError when there are external secrets and the environment has no store, two secrets have one name, or less than restricted Pods have
   * no reason
   */
  constructor(scope: Construct, id: string, props: WithContext<NamespaceProps>) {
    super(scope, id);
    const context: UnitContext = { ...props.context, annotations: { ...props.context.annotations, ...syncWaveAnnotation(namespaceWave) } };
    this.#namespace(context, props);
    new DefaultDeny(this, "default-deny", { context });
    new DnsAccess(this, "dns-access", { context });
    if (context.mesh !== undefined) new MeshAccess(this, "mesh-access", { context });
    if (props.quota !== undefined) {
      new k8s.KubeResourceQuota(this, "quota", { metadata: objectMetadata(context, "quota"), spec: { hard: toQuantities(props.quota) } });
    }
    if (props.containerDefaults !== undefined) {
      const { requests, limits } = props.containerDefaults;
      new k8s.KubeLimitRange(this, "limits", {
        metadata: objectMetadata(context, "container-defaults"),
        spec: { limits: [{ type: "Container", defaultRequest: toQuantities(requests), default: toQuantities(limits) }] },
      });
    }
    this.#secrets(context, props);
  }

  #namespace(context: UnitContext, { podSecurity = PodSecurityLevel.restricted() }: NamespaceProps): void {
    const name = context.namespace;
    new k8s.KubeNamespace(this, "namespace", {
      metadata: objectMetadata(context, name, {
        clusterScoped: true,
        labels: {
          "pod-security.kubernetes.io/enforce": podSecurity.level,
          // what would be refused under the strictest level is at least told to whoever applies it
          "pod-security.kubernetes.io/warn": "restricted",
          ...(context.mesh === "sidecar" && { "istio-injection": "enabled" }),
          ...(context.mesh === "ambient" && { "istio.io/dataplane-mode": "ambient" }),
          ...(context.cluster.signatureEngine === "policy-controller" && policyControllerLabel),
        },
        annotations: {
          ...protectionAnnotations("Namespace"),
          ...(podSecurity.reason !== undefined && { [annotation.securityReason]: podSecurity.reason }),
        },
      }),
    });
  }

  #secrets(unit: UnitContext, { externalSecrets = {}, sealedSecrets = {} }: NamespaceProps): void {
    const context: UnitContext = { ...unit, annotations: { ...unit.annotations, ...syncWaveAnnotation(secretsWave) } };
    for (const [name, spec] of Object.entries(sealedSecrets)) {
      if (name in externalSecrets) {
        throw new UserError(`'${name}' is both an external and a sealed secret`, {
          hint: "one Secret has one maker: rename or remove one",
        });
      }
      new SealedSecret(this, `sealed-secret-${name}`, { ...spec, context, name });
    }
    for (const [name, { type, ...spec }] of Object.entries(externalSecrets)) {
      if (context.secretStore === undefined) {
        throw new UserError(`the external secret '${name}' has no store to come from`, { hint: "give the environment a secretStore" });
      }
      new ExternalSecret(this, `external-secret-${name}`, {
        ...spec,
        context,
        name,
        store: context.secretStore,
        ...(type !== undefined && { target: SecretTarget.owned({ type }) }),
      });
    }
  }
}
