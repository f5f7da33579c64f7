import { expect, test } from "@jest/globals";
import { isLiteral, promisesSecret } from "../../../lib/validation/plaintext/secret-name.ts";

test.each([
  ..."PASSWORD DATABASE_PASSWORD dbPassword spring.datasource.password PGPASSWORD MYSQL_ROOT_PASSWD SMTP_PASS ADMIN_PWD ssh-passphrase".split(
    " ",
  ),
  ..."API_KEY apiKey x-api-key STRIPE_APIKEY AWS_SECRET_ACCESS_KEY PRIVATE_KEY_BASE64 SIGNING_KEY_2 SESSION_SECRET client-secret".split(
    " ",
  ),
  ..."TOKEN GITHUB_TOKEN authToken NPM_AUTHTOKEN TOKEN_VALUE CREDENTIALS Authorization".split(" "),
])("the name %s promises a secret", (name) => {
  expect(promisesSecret(name)).toBe(true);
});

test.each([
  ..."TOKEN_TTL MAX_TOKENS PASSWORD_FILE SECRET_NAME TOKEN_URL PASSWORD_MIN_LENGTH secretKeyRef API_KEY_HEADER AWS_ACCESS_KEY_ID".split(
    " ",
  ),
  ..."PUBLIC_KEY PARTITION_KEY key PRIMARY_KEY IMAGE_PULL_SECRET existingSecret TLS_SECRET tokenizer BYPASS PASS secretary KEYBOARD".split(
    " ",
  ),
])("the name %s does not", (name) => {
  expect(promisesSecret(name)).toBe(false);
});

test.each(["open-sesame", "hunter2", "12345678", " changeme ", "QUJD=="])("the value %j is a literal", (value) => {
  expect(isLiteral(value)).toBe(true);
});

test.each([
  ...["", " ", "1", "true", "No", "null", "$PASSWORD", "$(PASSWORD)", "pre$(PASSWORD)", "${PASSWORD}", "{{ .password }}", "x{{ .y }}"],
  ...[
    "<password>",
    "****",
    "%(password)s",
    "/run/secrets/password",
    "./token",
    "https://login.example/token",
    "vault:secret/data/shop#key",
  ],
  ...[
    "arn:aws:secretsmanager:eu-west-1:1:secret:shop",
    "projects/shop/secrets/key",
    "ref+vault://shop/key",
    "op://shop/key",
    "string",
    "Bearer",
  ],
])("the value %j is none", (value) => {
  expect(isLiteral(value)).toBe(false);
});
