import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { admissionName } from "../manifest/admission-names.ts";
import { ClusterImagePolicy } from "./cluster-image-policy.ts";
import { ImageAdmissionPolicy } from "./image-admission-policy.ts";
import { ImageValidatingPolicy } from "./image-validating-policy.ts";
import type { TrustedNamespace } from "./trusted-namespaces.ts";

/** What an author says of {@link TrustPolicyAdmission}. */
export interface TrustPolicyAdmissionProps {
  /** Where the policy holds, on all clusters; see `trustedNamespaces`. */
  readonly namespaces: readonly TrustedNamespace[];
}

/**
 * The trust policy of a cluster, as the cluster enforces it: the API server judges registries and digests, the cluster's signature engine
 * signatures. Cluster-wide, so a unit of `platform`.
 *
 * @throws UserError when the cluster has no trust policy, or no namespace is on it
 */
export class TrustPolicyAdmission extends Construct {
  constructor(scope: Construct, id: string, props: WithContext<TrustPolicyAdmissionProps>) {
    super(scope, id);
    const { context } = props;
    const { name: cluster, trust, signatureEngine } = context.cluster;
    if (trust === undefined) {
      throw new UserError(`cluster '${cluster}' has no trust policy`, {
        hint: "say trust in its definition, or list the clusters of this unit without it",
      });
    }
    const here = props.namespaces.filter((namespace) => namespace.cluster === cluster);
    if (here.length === 0) {
      throw new UserError(`the trust policy of cluster '${cluster}' would hold in no namespace`, {
        hint: "list the clusters that systems run on as those of this unit",
      });
    }
    const namespaces = here.map(({ name }) => name);
    new ImageAdmissionPolicy(this, "registries", {
      context,
      name: admissionName.registries,
      pattern: trust.trustedPattern,
      refusal: trust.strangerRefusal,
      namespaces,
    });
    const pinned = here.filter(({ digest }) => digest === "required").map(({ name }) => name);
    if (pinned.length > 0) {
      new ImageAdmissionPolicy(this, "digests", {
        context,
        name: admissionName.digests,
        pattern: trust.digestPattern,
        refusal: trust.digestRefusal,
        namespaces: pinned,
      });
    }
    for (const [name, signed] of Object.entries(trust.signatures)) {
      if (signatureEngine === "kyverno") new ImageValidatingPolicy(this, `signed-${name}`, { context, name, signed, namespaces });
      else new ClusterImagePolicy(this, `signed-${name}`, { context, name, ...signed });
    }
    if (signatureEngine === "policy-controller" && trust.unsigned.length > 0) {
      new ClusterImagePolicy(this, "unsigned", { context, name: admissionName.unsigned, images: trust.unsigned, by: "unsigned" });
    }
  }
}
