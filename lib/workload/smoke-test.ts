import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import { hookAnnotations } from "../argocd/hook.ts";
import type { UnitContext } from "../definition/workload-class.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import type { ContainerProps } from "./container.ts";
import { WorkloadNetworkAccess } from "./network-access.ts";
import { podTemplate, type PodProps } from "./pod-template.ts";
import { WorkloadServiceAccount } from "./service-account.ts";

/** What a smoke test takes over from its service: where its image comes from and runs, and as whom. */
export type InheritedProps = Pick<
  PodProps,
  "imagePullSecrets" | "runAsUser" | "runAsGroup" | "fsGroup" | "securityExemption" | "nodeSelector" | "nodeAffinity" | "tolerations"
>;

/** A program that runs after each sync; when it fails, so does the sync. Of {@link InheritedProps}, what is left out is the service's. */
export interface SmokeTestProps extends ContainerProps, InheritedProps {
  /** Volumes by name, its own and not the service's. @default none */
  readonly volumes?: PodProps["volumes"];
  /** Runs the service's own image instead of the pin `<system>/<service>:smoke-test`. @default true */
  readonly mainImage?: boolean;
  /** Seconds until the test counts as failed. @default 120 */
  readonly activeDeadlineSeconds?: number;
  /** How often it is tried again. @default 0 */
  readonly backoffLimit?: number;
}

/** The name of a service's smoke test: of its Job, its Pods and its account. */
export function smokeTestName(service: string): string {
  return `${service}-smoke-test`;
}

/**
 * A PostSync hook Job. Its Pods carry a name of their own, so that the service's Service never sends traffic to them.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
 */
export class SmokeTest extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly context: UnitContext;
      readonly service: string;
      readonly own: SmokeTestProps;
      /** The service's own settings of what the test inherits. */
      readonly pod: InheritedProps;
      /** The ports that the service serves, by name. */
      readonly ports: Readonly<Record<string, number>>;
    },
  ) {
    super(scope, id);
    const { service, own, pod, ports } = props;
    const name = smokeTestName(service);
    const { images } = props.context;
    const context: UnitContext = {
      ...props.context,
      calls: { from: [], to: [] },
      images: { take: () => (own.mainImage === false ? images.take("smoke-test") : images.take()) },
    };
    new WorkloadServiceAccount(this, "service-account", { context, name });
    new WorkloadNetworkAccess(this, "network-access", {
      context,
      name,
      own: {},
      callees: [{ name: service, ports: [...new Set(Object.values(ports))] }],
    });
    new k8s.KubeJob(this, "job", {
      metadata: objectMetadata(context, name, { annotations: hookAnnotations({ phases: ["PostSync"] }) }),
      spec: {
        backoffLimit: own.backoffLimit ?? 0,
        activeDeadlineSeconds: own.activeDeadlineSeconds ?? 120,
        template: podTemplate({ ...inherited(pod), ...own }, { context, name, main: own, restartPolicy: "Never" }),
      },
    });
  }
}

function inherited(pod: InheritedProps): InheritedProps {
  const { imagePullSecrets, runAsUser, runAsGroup, fsGroup, securityExemption, nodeSelector, nodeAffinity, tolerations } = pod;
  return { imagePullSecrets, runAsUser, runAsGroup, fsGroup, securityExemption, nodeSelector, nodeAffinity, tolerations };
}
