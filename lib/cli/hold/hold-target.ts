import type { Definitions } from "../../definition/definitions.ts";
import { policyOf } from "../../definition/policy-of.ts";
import { UserError } from "../../errors/user-error.ts";
import { namedEnvironment, namedService, namedServices } from "../named-service.ts";

/** What a hold is for, as somebody named it on the command line. */
export interface HoldTarget {
  /** As `holds.yaml` has it: `<system>/<service>`, `<system>` or `*`. */
  readonly target: string;
  readonly environment: string;
  /** In the author's words: `shop/order-service in staging`, `staging`. */
  readonly title: string;
  /** Whether pins of it move by pull requests. */
  readonly reviewed: boolean;
}

/**
 * Finds what a hold is for.
 *
 * @param text - `<system>/<service>` or `<system>`. @default the whole environment
 * @throws UserError when it names nothing that has pins in the environment
 */
export function holdTarget(definitions: Definitions, text: string | undefined, environmentName: string): HoldTarget {
  const environment = namedEnvironment(definitions, environmentName);
  const here = definitions.systems.filter(({ environments }) => environments.includes(environment));
  const reviewed = (system: (typeof here)[number]): boolean => policyOf(system, environment).approval === "pull-request";
  if (text === undefined) return { target: "*", environment: environmentName, title: environmentName, reviewed: here.some(reviewed) };
  const about = { target: text, environment: environmentName, title: `${text} in ${environmentName}` };
  if (!text.includes("/")) {
    const [first] = namedServices(definitions, text, environmentName);
    return { ...about, reviewed: first !== undefined && reviewed(first.system) };
  }
  const { system, service, container, track } = namedService(definitions, text, environmentName);
  if (container !== undefined || track !== undefined) {
    throw new UserError(`'${text}' is one pin of a service, which cannot be held by itself`, {
      hint: `hold all of '${system.name}/${service.name}'`,
    });
  }
  return { ...about, reviewed: reviewed(system) };
}
