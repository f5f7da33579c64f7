import { ImageReference } from "../image/image-reference.ts";

/**
 * Whether Pods run other versions of an image, and none the pinned one: an Application is Healthy before a StatefulSet that waits for
 * somebody to delete its Pods, or a CronJob, has run what it was given.
 *
 * @param images - of Pods; an admission webhook may have added a digest
 */
export function showsAnother(images: readonly string[], pin: string): boolean {
  const wanted = ImageReference.parse(pin);
  const shown = images.flatMap((image) => {
    const [repository, tag, digest] = partsOf(image);
    return repository === wanted.repository ? [{ tag, digest }] : [];
  });
  const isWanted = ({ tag, digest }: (typeof shown)[number]): boolean =>
    digest !== undefined && wanted.digest !== undefined ? digest === wanted.digest : tag === wanted.tag;
  return shown.length > 0 && !shown.some(isWanted);
}

/** As tolerant as a Pod: its image may lack a registry, or a tag. */
function partsOf(image: string): [repository: string, tag: string | undefined, digest: string | undefined] {
  const [, repository = "", tag, digest] = /^(.*?)(?::([^:/@]+))?(?:@(.+))?$/.exec(image) ?? [];
  return [repository, tag, digest];
}
