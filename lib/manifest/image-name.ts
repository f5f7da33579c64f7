/** The parts of an image's name that say which build of it runs. */
export interface ImageVersion {
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Reads which build of an image is meant, whatever the rest of its name is. */
export function imageVersion(image: string): ImageVersion {
  const at = image.indexOf("@");
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.lastIndexOf(":");
  return {
    // a colon before the last slash belongs to a port: `localhost:5000/app`
    tag: colon > name.lastIndexOf("/") ? name.slice(colon + 1) : undefined,
    digest: at < 0 ? undefined : image.slice(at + 1),
  };
}
