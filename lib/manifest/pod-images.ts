import { entriesOf } from "./entries-of.ts";
import { noImage } from "./no-image.ts";
import type { PodSpecDocument, VolumeDocument } from "./pod-spec.ts";

interface PodWithImages extends PodSpecDocument {
  readonly ephemeralContainers?: readonly { readonly image?: string }[];
  readonly volumes?: readonly (VolumeDocument & { readonly image?: { readonly reference?: string } | null })[];
}

/** Every image that a Pod runs or mounts: of all sorts of containers, and of volumes that are images; without what stands for a refused pin. */
export function podImages(spec: PodSpecDocument): readonly string[] {
  const pod: PodWithImages = spec;
  const images: unknown[] = [];
  for (const list of [pod.containers, pod.initContainers, pod.ephemeralContainers]) {
    for (const { image } of entriesOf<{ readonly image?: string }>(list)) images.push(image);
  }
  for (const { image } of entriesOf(pod.volumes)) images.push(image?.reference);
  return images.filter((image) => typeof image === "string").filter((image) => image !== noImage);
}
