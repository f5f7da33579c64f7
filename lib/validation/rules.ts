import type { Rule } from "./rule.ts";
import { apiVersion } from "./rules/api-version.ts";
import { applicationOverlap } from "./rules/application-overlap.ts";
import { applicationSetDeletes } from "./rules/application-set-deletes.ts";
import { applicationSource } from "./rules/application-source.ts";
import { applicationWaves } from "./rules/application-waves.ts";
import { autoscaledReplicas } from "./rules/autoscaled-replicas.ts";
import { autoscalerTarget } from "./rules/autoscaler-target.ts";
import { componentVersion } from "./rules/component-version.ts";
import { configMapExists } from "./rules/config-map-exists.ts";
import { defaultDeny } from "./rules/default-deny.ts";
import { defaultProject } from "./rules/default-project.ts";
import { disruptionBudget } from "./rules/disruption-budget.ts";
import { fieldFormat } from "./rules/field-format.ts";
import { gatewayExists } from "./rules/gateway-exists.ts";
import { hookImageShared } from "./rules/hook-image-shared.ts";
import { hostAccess } from "./rules/host-access.ts";
import { ignoreDifferences } from "./rules/ignore-differences.ts";
import { imageDigest } from "./rules/image-digest.ts";
import { imageTag } from "./rules/image-tag.ts";
import { imageTrust } from "./rules/image-trust.ts";
import { largeCrd } from "./rules/large-crd.ts";
import { meshPodSecurity } from "./rules/mesh-pod-security.ts";
import { namespaceDeclared } from "./rules/namespace-declared.ts";
import { namespacePodSecurity } from "./rules/namespace-pod-security.ts";
import { networkPeerExists } from "./rules/network-peer-exists.ts";
import { plaintextSecret } from "./rules/plaintext-secret.ts";
import { podConsistent } from "./rules/pod-consistent.ts";
import { podSecurity } from "./rules/pod-security.ts";
import { policyCutsTraffic } from "./rules/policy-cuts-traffic.ts";
import { portExists } from "./rules/port-exists.ts";
import { presyncNeeds } from "./rules/presync-needs.ts";
import { productionWeaker } from "./rules/production-weaker.ts";
import { projectNeeds } from "./rules/project-needs.ts";
import { projectPermits } from "./rules/project-permits.ts";
import { pruneProtection } from "./rules/prune-protection.ts";
import { rbacWildcard } from "./rules/rbac-wildcard.ts";
import { readinessProbe } from "./rules/readiness-probe.ts";
import { resources } from "./rules/resources.ts";
import { roleExists } from "./rules/role-exists.ts";
import { rolloutProceeds } from "./rules/rollout-proceeds.ts";
import { schema } from "./rules/schema.ts";
import { secretExists } from "./rules/secret-exists.ts";
import { secretManifest } from "./rules/secret-manifest.ts";
import { secretStoreExists } from "./rules/secret-store-exists.ts";
import { selectorMatches } from "./rules/selector-matches.ts";
import { serviceAccountExists } from "./rules/service-account-exists.ts";
import { serviceAccountToken } from "./rules/service-account-token.ts";
import { singleReplica } from "./rules/single-replica.ts";
import { specMissing } from "./rules/spec-missing.ts";
import { spread } from "./rules/spread.ts";
import { subsetExists } from "./rules/subset-exists.ts";
import { syncOptions } from "./rules/sync-options.ts";
import { syncOrder } from "./rules/sync-order.ts";
import { trackingId } from "./rules/tracking-id.ts";
import { uniqueHosts } from "./rules/unique-hosts.ts";
import { uniqueObjects } from "./rules/unique-objects.ts";
import { volumeClaimExists } from "./rules/volume-claim-exists.ts";
import { webhookSafety } from "./rules/webhook-safety.ts";
import { workloadSelector } from "./rules/workload-selector.ts";

/** Every rule, in alphabetical order of their ids: the order in which issues are reported. */
export const rules: readonly Rule[] = [
  apiVersion,
  applicationOverlap,
  applicationSetDeletes,
  applicationSource,
  applicationWaves,
  autoscaledReplicas,
  autoscalerTarget,
  componentVersion,
  configMapExists,
  defaultDeny,
  defaultProject,
  disruptionBudget,
  fieldFormat,
  gatewayExists,
  hookImageShared,
  hostAccess,
  ignoreDifferences,
  imageDigest,
  imageTag,
  imageTrust,
  largeCrd,
  meshPodSecurity,
  namespaceDeclared,
  namespacePodSecurity,
  networkPeerExists,
  plaintextSecret,
  podConsistent,
  podSecurity,
  policyCutsTraffic,
  portExists,
  presyncNeeds,
  productionWeaker,
  projectNeeds,
  projectPermits,
  pruneProtection,
  rbacWildcard,
  readinessProbe,
  resources,
  roleExists,
  rolloutProceeds,
  schema,
  secretExists,
  secretManifest,
  secretStoreExists,
  selectorMatches,
  serviceAccountExists,
  serviceAccountToken,
  singleReplica,
  specMissing,
  spread,
  subsetExists,
  syncOptions,
  syncOrder,
  trackingId,
  uniqueHosts,
  uniqueObjects,
  volumeClaimExists,
  webhookSafety,
  workloadSelector,
];
