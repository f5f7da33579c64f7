/** The ports that there are, for a hint: `its ports are: 'http' (8080), 9090`. */
export function portList(subject: string, ports: readonly { readonly name?: string; readonly number: number }[]): string {
  if (ports.length === 0) return `${subject} no port at all`;
  const names = new Set(ports.map(({ name, number }) => (name === undefined ? String(number) : `'${name}' (${number})`)));
  return `${subject} ${[...names].join(", ")}`;
}

/** A port as the author wrote it: a name in quotes, a number bare. */
export function portName(port: string | number | undefined): string {
  return typeof port === "string" ? `'${port}'` : String(port ?? "(none)");
}
