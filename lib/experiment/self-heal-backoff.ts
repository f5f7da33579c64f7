import { Fields } from "../cluster/fields.ts";
import type { KubernetesApi, LiveObject } from "../cluster/kubernetes-api.ts";
import { UserError } from "../errors/user-error.ts";

/** What Argo CD is started with where nobody says otherwise. */
const defaults = { firstSeconds: 2, factor: 3, capSeconds: 300, fixedSeconds: 0 };

/**
 * How long Argo CD holds a self-heal back. It counts the self-heals since the last sync of another kind (a new revision, or somebody's own
 * sync), and starts the next one no sooner than a delay after the last operation ended: none before the first, then 2, 6, 18, 54, 162 and at
 * most 300 seconds. Nothing else sets the count back; time that passes is only taken off the delay.
 */
export class SelfHealBackoff {
  readonly #settings: typeof defaults;

  private constructor(settings: typeof defaults) {
    this.#settings = settings;
  }

  /**
   * The back-off of a controller.
   *
   * @param parameters - the ConfigMap `argocd-cmd-params-cm`, which the controller reads when it starts; @default Argo CD's own values
   * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cmd-params-cm-yaml/
   */
  static of(parameters?: LiveObject): SelfHealBackoff {
    const data = new Fields(parameters?.data);
    const seconds = (key: string, otherwise: number): number => {
      const value = Number(data.text(`controller.self.heal.${key}`));
      return Number.isSafeInteger(value) && value >= 0 ? value : otherwise;
    };
    return new SelfHealBackoff({
      firstSeconds: seconds("backoff.timeout.seconds", defaults.firstSeconds),
      factor: seconds("backoff.factor", defaults.factor),
      capSeconds: seconds("backoff.cap.seconds", defaults.capSeconds),
      fixedSeconds: seconds("timeout.seconds", defaults.fixedSeconds),
    });
  }

  /**
   * The back-off as the controller's parameters say, where they may be read; as Argo CD is shipped otherwise.
   *
   * @param namespace - Argo CD's
   */
  static async read(api: KubernetesApi, namespace: string | undefined): Promise<SelfHealBackoff> {
    const parameters = { apiVersion: "v1", kind: "ConfigMap", name: "argocd-cmd-params-cm", ...(namespace !== undefined && { namespace }) };
    try {
      return SelfHealBackoff.of(await api.get(parameters));
    } catch (error) {
      if (error instanceof UserError) return SelfHealBackoff.of();
      throw error;
    }
  }

  /** The delay before the next self-heal, counted from the end of the last operation, in seconds. @param attempts - self-heals so far */
  secondsAfter(attempts: number): number {
    const { firstSeconds, factor, capSeconds, fixedSeconds } = this.#settings;
    // 0 switches the back-off off, and the older fixed delay on
    if (firstSeconds === 0) return fixedSeconds;
    if (attempts < 1) return 0;
    const delay = firstSeconds * factor ** (attempts - 1);
    return attempts > 1 && capSeconds > 0 ? Math.min(capSeconds, delay) : delay;
  }
}
