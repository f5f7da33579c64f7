/** A name that needs no brackets. */
const plain = /^[A-Za-z_$][\w$-]*$/;

/** A path in a document with one more step, a field's name or the index of a list: `spec.ports[0].name`, `metadata.labels["app.kubernetes.io/name"]`. */
export function joinPath(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  if (!plain.test(step)) return `${path}[${JSON.stringify(step)}]`;
  return path === "" ? step : `${path}.${step}`;
}
