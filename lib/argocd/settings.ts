import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import { requireGoDuration } from "../definition/go-duration.ts";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { label } from "../manifest/labels.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { watchedResources } from "./watched-resources.ts";

/** The settings of an Argo CD that Git keeps, once the bootstrap has made them. */
export interface ArgoCdSettingsProps {
  /** Where people open it: `https://argocd.acme.example`. */
  readonly url: string;
  /** Groups of the identity provider that may do everything; at least one. */
  readonly administrators: readonly string[];
  /** How often Git is asked for news, as a Go duration. @default "120s" */
  readonly reconciliation?: string;
  /** How far those asks are spread, as a Go duration. @default "60s" */
  readonly reconciliationJitter?: string;
}

/**
 * argocd-cm and argocd-rbac-cm. What a user may do comes from project roles; beyond those nobody but an administrator may do anything.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cm-yaml/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/
 */
export class ArgoCdSettings extends Construct {
  /** @throws UserError when there is no administrator, a group's name cannot stand in a policy, or an interval is no duration */
  constructor(scope: Construct, id: string, props: WithContext<ArgoCdSettingsProps>) {
    super(scope, id);
    const { context, url, administrators, reconciliation = "120s", reconciliationJitter = "60s" } = props;
    if (administrators.length === 0)
      throw new UserError("nobody administers Argo CD", { hint: "name one group at least under administrators" });
    // Argo CD reads only ConfigMaps that call themselves a part of it
    const labels = { [label.partOf]: "argocd" };
    new k8s.KubeConfigMap(this, "argocd-cm", {
      metadata: objectMetadata(context, "argocd-cm", { labels }),
      data: {
        url,
        "application.resourceTrackingMethod": "annotation",
        // else whoever may sync may sync any revision, and so deploy what nobody reviewed
        "application.sync.requireOverridePrivilegeForRevisionSync": "true",
        ...watchedResources(),
        "timeout.reconciliation": requireGoDuration("reconciliation interval", reconciliation),
        "timeout.reconciliation.jitter": requireGoDuration("reconciliation jitter", reconciliationJitter),
      },
    });
    new k8s.KubeConfigMap(this, "argocd-rbac-cm", {
      metadata: objectMetadata(context, "argocd-rbac-cm", { labels }),
      data: {
        "policy.csv": [...administrators].sort().map(administratorLine).join(""),
        "policy.default": "",
        scopes: "[groups, email]",
      },
    });
  }
}

function administratorLine(group: string): string {
  if (/[,"\s]/.test(group))
    throw new UserError(`the group '${group}' cannot stand in a policy`, { hint: "rename it: no commas, quotes or spaces" });
  return `g, ${group}, role:admin\n`;
}
