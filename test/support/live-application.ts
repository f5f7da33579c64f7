import type { LiveObject } from "../../lib/cluster/kubernetes-api.ts";
import { label } from "../../lib/manifest/labels.ts";

/** What an Application of a test says; everything else is as of one that is synced and healthy. */
export interface LiveApplicationProps {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly source?: Readonly<Record<string, unknown>>;
  readonly syncPolicy?: Readonly<Record<string, unknown>>;
  /** The commit that it was compared with, and last synced unless the history says something else. */
  readonly revision?: string;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** An Application as Argo CD writes it. */
export function liveApplication(props: LiveApplicationProps = {}): LiveObject {
  const { name = "shop-frontend-dev", revision = "a".repeat(40) } = props;
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name,
      namespace: "argocd",
      uid: `uid-of-${name}`,
      labels: { [label.managedBy]: "keelson", ...props.labels },
      ...props.metadata,
    },
    spec: {
      project: "shop-dev",
      destination: { server: "https://kubernetes.default.svc", namespace: "shop-dev" },
      source: {
        repoURL: "https://github.com/acme/gitops.git",
        path: "dist/dev/main/shop/frontend",
        targetRevision: "main",
        ...props.source,
      },
      syncPolicy: { automated: { prune: true, selfHeal: true }, ...props.syncPolicy },
    },
    status: {
      sync: { status: "Synced", revision },
      health: { status: "Healthy" },
      history: [{ id: 0, revision, deployedAt: "2026-04-01T08:00:00Z", initiatedBy: { automated: true } }],
      operationState: {
        phase: "Succeeded",
        message: "successfully synced (all tasks run)",
        startedAt: "2026-04-01T07:59:58Z",
        finishedAt: "2026-04-01T08:00:00Z",
        operation: { initiatedBy: { automated: true } },
        syncResult: { revision },
      },
      ...props.status,
    },
  };
}
