/**
 * Stands in the rendered text instead of an image that is missing or refused, which is reported once, where it is pinned: nothing more is
 * said of it. With such an error nothing is written.
 */
export const noImage = "missing.invalid/no-image-pin";
