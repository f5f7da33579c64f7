import type { FieldCheck } from "./field-table.ts";

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * A check of strings; an empty one is left to {@link has}, for where a field may be left out it means that it is.
 *
 * @param demand - `must be a DNS label`
 */
export function text(isRight: (value: string) => boolean, demand: string): FieldCheck {
  return (value) => (typeof value !== "string" || value === "" || isRight(value) ? undefined : demand);
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export function dnsLabel(most = 63): FieldCheck {
  return text(
    (value) => value.length <= most && label.test(value),
    `must be at most ${most} lower-case letters, digits and '-', beginning and ending with a letter or digit`,
  );
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
export function dnsSubdomain(most = 253): FieldCheck {
  return text(
    (value) => isSubdomain(value, most),
    `must be at most ${most} lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit`,
  );
}

/** Whether a name is a DNS subdomain. */
export function isSubdomain(value: string, most = 253): boolean {
  return value.length <= most && subdomain.test(value);
}

/** The names of roles and their bindings, which are part of an address. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names */
export const pathSegment = text(
  (value) => value !== "." && value !== ".." && !/[/%]/.test(value),
  "must not be '.' or '..' and hold no '/' or '%'",
);

/** A host that is served, or all hosts of a domain. */
export const hostName = text(
  (value) => isSubdomain(value.startsWith("*.") ? value.slice(2) : value),
  "must be a host name in lower-case letters, which may begin with '*.'",
);

/** The name of a port of a container: what a Service may name. @see https://www.rfc-editor.org/rfc/rfc6335#section-5.1 */
export const portName = text(isPortName, "must be a port's name: at most 15 lower-case letters, digits and single '-', with a letter");

/** Whether a port may be called so. */
export function isPortName(value: string): boolean {
  return value.length <= 15 && label.test(value) && /[a-z]/.test(value) && !value.includes("--");
}

/** Any printable character but `=`. */
export const variableName = text((value) => /^[ -<>-~]+$/.test(value), "must be printable ASCII without '='");

/** The key of a ConfigMap or Secret, which becomes a file. */
export const dataKey = text(isDataKey, "must be at most 253 letters, digits, '-', '_' and '.', and not begin with '..'");

/** Whether a key of a ConfigMap or Secret may be called so. */
export function isDataKey(value: string): boolean {
  return value.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(value) && value !== "." && !value.startsWith("..");
}
