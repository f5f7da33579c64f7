import { k8s } from "cdk8s-plus-28";
import { Value } from "../definition/value.ts";
import { requireQuantity } from "./resources.ts";

type VolumeShape =
  | { readonly kind: "emptyDir"; readonly sizeLimit: string | undefined; readonly medium: "Memory" | undefined }
  | { readonly kind: "secret" | "configMap"; readonly name: string; readonly optional: boolean }
  | { readonly kind: "persistentVolumeClaim"; readonly claimName: string };

/**
 * Files that containers of a Pod may mount.
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class Volume extends Value {
  readonly shape: VolumeShape;

  private constructor(shape: VolumeShape) {
    super();
    this.shape = shape;
  }

  /**
   * Scratch space that lives as long as the Pod.
   * @throws UserError when the limit is not a quantity
   */
  static emptyDir(options: { readonly sizeLimit?: string; readonly medium?: "Memory" } = {}): Volume {
    const { sizeLimit, medium } = options;
    return new Volume({
      kind: "emptyDir",
      sizeLimit: sizeLimit === undefined ? undefined : requireQuantity("sizeLimit", sizeLimit),
      medium,
    });
  }

  /** The keys of a Secret as files; refreshed by the kubelet when the Secret changes. */
  static secret(name: string, options: { readonly optional?: boolean } = {}): Volume {
    return new Volume({ kind: "secret", name, optional: options.optional ?? false });
  }

  /** The keys of a ConfigMap as files. */
  static configMap(name: string, options: { readonly optional?: boolean } = {}): Volume {
    return new Volume({ kind: "configMap", name, optional: options.optional ?? false });
  }

  /** A claim that exists in the namespace. */
  static persistentVolumeClaim(claimName: string): Volume {
    return new Volume({ kind: "persistentVolumeClaim", claimName });
  }
}

/** Where and how a container mounts a volume. */
export interface VolumeMountProps {
  /** The volume's name under `volumes`. */
  readonly volume: string;
  /** @default false */
  readonly readOnly?: boolean;
  /** @default the whole volume */
  readonly subPath?: string;
}

/** The volume as a Pod's field. */
export function toKubernetesVolume(name: string, { shape }: Volume): k8s.Volume {
  switch (shape.kind) {
    case "emptyDir":
      return {
        name,
        emptyDir: { medium: shape.medium, sizeLimit: shape.sizeLimit === undefined ? undefined : k8s.Quantity.fromString(shape.sizeLimit) },
      };
    case "secret":
      return { name, secret: { secretName: shape.name, ...(shape.optional && { optional: true }) } };
    case "configMap":
      return { name, configMap: { name: shape.name, ...(shape.optional && { optional: true }) } };
    case "persistentVolumeClaim":
      return { name, persistentVolumeClaim: { claimName: shape.claimName } };
  }
}
