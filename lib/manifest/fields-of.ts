const none = Object.freeze({});

/** The fields of something in a document that nobody has checked: none where it is absent, or is no object. */
export function fieldsOf<T extends object>(value: T | null | undefined): Partial<T> {
  return isObject(value) ? value : none;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
