import type { k8s } from "cdk8s-plus-28";
import { Value } from "../definition/value.ts";

type EnvSourceShape =
  | { readonly kind: "secretKey" | "configMapKey"; readonly name: string; readonly key: string; readonly optional: boolean }
  | { readonly kind: "field"; readonly path: string };

/**
 * The value of an environment variable that comes from elsewhere.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export class EnvVar extends Value {
  readonly shape: EnvSourceShape;

  private constructor(shape: EnvSourceShape) {
    super();
    this.shape = shape;
  }

  /** A key of a Secret; read once, at the container's start. */
  static secretKey(name: string, key: string, options: { readonly optional?: boolean } = {}): EnvVar {
    return new EnvVar({ kind: "secretKey", name, key, optional: options.optional ?? false });
  }

  /** A key of a ConfigMap. */
  static configMapKey(name: string, key: string, options: { readonly optional?: boolean } = {}): EnvVar {
    return new EnvVar({ kind: "configMapKey", name, key, optional: options.optional ?? false });
  }

  /** A field of the Pod: `metadata.name`, `status.podIP`. */
  static field(path: string): EnvVar {
    return new EnvVar({ kind: "field", path });
  }
}

/** Every key of a Secret or ConfigMap as an environment variable. */
export class EnvSource extends Value {
  readonly kind: "secret" | "configMap";
  readonly name: string;
  readonly prefix: string | undefined;

  private constructor(kind: "secret" | "configMap", name: string, prefix: string | undefined) {
    super();
    this.kind = kind;
    this.name = name;
    this.prefix = prefix;
  }

  static secret(name: string, options: { readonly prefix?: string } = {}): EnvSource {
    return new EnvSource("secret", name, options.prefix);
  }

  static configMap(name: string, options: { readonly prefix?: string } = {}): EnvSource {
    return new EnvSource("configMap", name, options.prefix);
  }
}

/**
 * The variables as a container's field: by name in alphabetical order, then, in the order given, those that refer to others as `$(NAME)`, which
 * the kubelet resolves from what stands before.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function toKubernetesEnv(env: Readonly<Record<string, string | EnvVar>> | undefined): k8s.EnvVar[] | undefined {
  if (env === undefined || Object.keys(env).length === 0) return undefined;
  const entries = Object.entries(env);
  const plain = entries.filter((entry) => !refersToOthers(entry)).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...plain, ...entries.filter(refersToOthers)].map(([name, value]) =>
    typeof value === "string" ? { name, value } : { name, valueFrom: toValueFrom(value.shape) },
  );
}

/** The sources as a container's field, in the order given. */
export function toKubernetesEnvFrom(sources: readonly EnvSource[]): k8s.EnvFromSource[] | undefined {
  if (sources.length === 0) return undefined;
  return sources.map(({ kind, name, prefix }) =>
    kind === "secret" ? { prefix, secretRef: { name } } : { prefix, configMapRef: { name } },
  );
}

function refersToOthers([, value]: [string, string | EnvVar]): boolean {
  return typeof value === "string" && /\$\(\w+\)/.test(value);
}

function toValueFrom(shape: EnvSourceShape): k8s.EnvVarSource {
  if (shape.kind === "field") return { fieldRef: { fieldPath: shape.path } };
  const reference = { name: shape.name, key: shape.key, ...(shape.optional && { optional: true }) };
  return shape.kind === "secretKey" ? { secretKeyRef: reference } : { configMapKeyRef: reference };
}
