import { UserError } from "../errors/user-error.ts";
import { Value } from "./value.ts";

/**
 * The Pod Security Standard that the API server enforces in a Namespace; anything but `restricted` has a reason.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class PodSecurityLevel extends Value {
  readonly level: "restricted" | "baseline" | "privileged";
  /** Why the system cannot do with `restricted`; written on the Namespace. */
  readonly reason: string | undefined;

  private constructor(level: PodSecurityLevel["level"], reason?: string) {
    super();
    if (reason?.trim() === "") {
      throw new UserError(`the Pod Security level '${level}' has no reason`, { hint: "say why the system cannot do with 'restricted'" });
    }
    this.level = level;
    this.reason = reason;
  }

  /** What every construct passes as it comes. */
  static restricted(): PodSecurityLevel {
    return new PodSecurityLevel("restricted");
  }

  /**
   * Known ways of gaining privileges are closed, no more.
   * @throws UserError when the reason is empty
   */
  static baseline(reason: string): PodSecurityLevel {
    return new PodSecurityLevel("baseline", reason);
  }

  /**
   * Anything goes.
   * @throws UserError when the reason is empty
   */
  static privileged(reason: string): PodSecurityLevel {
    return new PodSecurityLevel("privileged", reason);
  }
}
