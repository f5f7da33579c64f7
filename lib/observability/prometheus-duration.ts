import { UserError } from "../errors/user-error.ts";

/**
 * Checks a duration as Prometheus writes it: `30s`, `1h30m`.
 *
 * @param where - the thing that has the duration, in the author's words: `interval of service monitor 'catalogue'`
 * @throws UserError when Prometheus cannot read it
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#configuration-file
 */
export function requirePrometheusDuration(where: string, duration: string): string {
  if (!/^(?=.)(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/.test(duration)) {
    throw new UserError(`the ${where} is not a duration: got '${duration}'`, { hint: "for example '30s', '5m' or '1h30m'" });
  }
  return duration;
}
