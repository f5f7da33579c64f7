import type { Rule } from "./rule.ts";
import { configMapExists } from "./rules/config-map-exists.ts";
import { namespaceDeclared } from "./rules/namespace-declared.ts";
import { portExists } from "./rules/port-exists.ts";
import { secretExists } from "./rules/secret-exists.ts";
import { secretStoreExists } from "./rules/secret-store-exists.ts";
import { serviceAccountExists } from "./rules/service-account-exists.ts";
import { uniqueHosts } from "./rules/unique-hosts.ts";
import { uniqueObjects } from "./rules/unique-objects.ts";

/** Every rule, in alphabetical order of their ids: the order in which issues are reported. */
export const rules: readonly Rule[] = [
  configMapExists,
  namespaceDeclared,
  portExists,
  secretExists,
  secretStoreExists,
  serviceAccountExists,
  uniqueHosts,
  uniqueObjects,
];
