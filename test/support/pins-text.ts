/** An `images.yaml`: what has no slash is an image of ghcr.io/acme. */
export function pinsText(pins: Readonly<Record<string, string>>): string {
  const lines = Object.entries(pins).sort(([a], [b]) => (a < b ? -1 : 1));
  return lines.map(([key, image]) => `${key}: ${image.includes("/") ? image : `ghcr.io/acme/${image}`}\n`).join("");
}
