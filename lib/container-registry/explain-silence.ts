import { UserError } from "../errors/user-error.ts";
import type { RegistryWorld } from "./registry-world.ts";

/**
 * Why a server gave no answer, in a few words.
 *
 * @param error - what the exchange was rejected with; what is no matter of the network is returned as it is
 * @param host - who was asked
 */
export function explainSilence(error: unknown, host: string, world: RegistryWorld): unknown {
  if (!isErrorLike(error)) return error;
  if (error.name === "TimeoutError")
    return new UserError(`'${host}' does not answer in time`, { cause: error, hint: reachableHint(world) });
  const reason = error.cause;
  // node's fetch says 'fetch failed', and why in the cause
  if (error.name !== "TypeError" || !isErrorLike(reason)) return error;
  const code = typeof reason.code === "string" ? reason.code : "";
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return new UserError(`the certificate of '${host}' is not trusted: ${reason.message}`, {
      cause: error,
      hint: "where it is of an authority of your own, name that one's certificate in NODE_EXTRA_CA_CERTS",
    });
  }
  if (/^(ERR_SSL|EPROTO)/.test(code)) {
    return new UserError(`'${host}' does not speak TLS`, {
      cause: error,
      hint: "registries are asked over HTTPS; plain HTTP is for this machine only",
    });
  }
  return new UserError(`'${host}' does not answer: ${reason.message === "" ? code : reason.message}`, {
    cause: error,
    hint: reachableHint(world),
  });
}

/** Not `instanceof`: what node's own fetch rejects with may be of another realm. */
function isErrorLike(
  value: unknown,
): value is { readonly name: string; readonly message: string; readonly code?: unknown; readonly cause?: unknown } {
  return typeof value === "object" && value !== null && "name" in value && "message" in value;
}

function reachableHint({ unusedProxy }: RegistryWorld): string {
  if (unusedProxy === undefined) return "is its name right, and is it reachable from here?";
  return `the proxy in ${unusedProxy} is not used: that takes a newer Node with NODE_USE_ENV_PROXY=1`;
}
