// What must not compile. `tsc` judges this file: an expected error that does not come is itself an error.
import { SecretValue } from "../../lib/definition/secret-value.ts";
import { defineService } from "../../lib/definition/service.ts";
import { WebService } from "../../lib/workload/web-service.ts";

const secret = SecretValue.of("open-sesame");

export const misuses = {
  // @ts-expect-error: a secret is no text
  text: secret satisfies string,
  // @ts-expect-error: an environment variable names the key of a Secret
  env: defineService({ name: "storefront", construct: WebService, props: { env: { PASSWORD: secret } } }),
  // @ts-expect-error: a ConfigMap is no place for a secret
  config: defineService({ name: "storefront", construct: WebService, props: { config: { PASSWORD: secret } } }),
  // @ts-expect-error: bytes are another value than text
  bytes: SecretValue.of(new Uint8Array()) satisfies SecretValue,
};
