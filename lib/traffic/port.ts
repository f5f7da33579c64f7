import { UserError } from "../errors/user-error.ts";

/**
 * Checks a port number.
 *
 * @param where - the thing that names the port, in the author's words: `network policy 'checkout'`
 * @throws UserError when it is no whole number from 1 to 65535
 */
export function requirePort(where: string, port: number): number {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new UserError(`a port of ${where} is not a port number: got ${port}`, { hint: "use a whole number from 1 to 65535" });
  }
  return port;
}
