import type { k8s } from "cdk8s-plus-28";
import { Value } from "../definition/value.ts";
import { UserError } from "../errors/user-error.ts";

/**
 * Leave to run with less than the *restricted* Pod Security Standard asks for; the reason is written on the Pod.
 * The Namespace's own level must allow it too.
 */
export class SecurityExemption extends Value {
  readonly reason: string;
  readonly pod: k8s.PodSecurityContext;
  readonly container: k8s.SecurityContext;

  private constructor(reason: string, pod: k8s.PodSecurityContext, container: k8s.SecurityContext) {
    super();
    this.reason = reason;
    this.pod = pod;
    this.container = container;
  }

  /**
   * @param reason - why the workload cannot do without
   * @param settings - laid over the restricted settings, field by field; capabilities stay dropped unless `drop` says otherwise
   * @throws UserError when the reason is empty
   */
  static because(
    reason: string,
    settings: { readonly pod?: k8s.PodSecurityContext; readonly container?: k8s.SecurityContext },
  ): SecurityExemption {
    if (reason.trim() === "") throw new UserError("a security exemption has no reason", { hint: "say why the workload cannot do without" });
    return new SecurityExemption(reason, settings.pod ?? {}, settings.container ?? {});
  }
}

/** What the *restricted* standard asks of every container, and a read-only root file system on top; with an exemption, what it leaves of that. */
export function containerSecurity(exemption: SecurityExemption | undefined): k8s.SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    ...exemption?.container,
    capabilities: { drop: ["ALL"], ...exemption?.container.capabilities },
  };
}

/** What the *restricted* standard asks of every Pod. */
export const restrictedPod: k8s.PodSecurityContext = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
