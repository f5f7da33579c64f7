import { expect, test } from "@jest/globals";
import { secretAssignedIn } from "../../../lib/validation/plaintext/secret-assignment.ts";

test.each([
  ["a properties file", "db.host=database\ndb.password=hunter2\n", "db.password"],
  ["YAML", "database:\n  host: database\n  password: hunter2\n", "password"],
  ["YAML with quotes", 'database:\n  "password": "hunter two"\n', "password"],
  ["JSON", '{"host": "database", "apiKey": "hunter2"}', "apiKey"],
  ["TOML", "[database]\npassword = 'hunter2'\n", "password"],
  ["an attribute of XML", '<user name="catalogue" password="hunter2"/>', "password"],
  ["a line that was commented out", "# password=hunter2\n", "password"],
  ["an environment file", "HOST=database\nexport API_TOKEN=hunter2\n", "API_TOKEN"],
])("finds the literal in %s", (_, text, name) => {
  expect(secretAssignedIn(text, "=:")).toBe(name);
});

test.each([
  ["no name that promises one", "host=database\nport=5432\n"],
  ["references", "password=${DB_PASSWORD}\ntoken: $(TOKEN)\nsecret: {{ .secret }}\napiKey: $API_KEY\n"],
  ["a value on another line", "password:\n  valueFrom: vault\n"],
  ["an empty value", "password=\ntoken:\nsecret: ''\n"],
  ["code", "const token = readToken();\nconst secret = config.secret.value;\npassword = prompt('?')\n"],
  ["what a shell reads from elsewhere", "PASSWORD=`cat /run/password`\n"],
  ["prose in a comment", "-- password: see the vault\n  # token: from the portal\n// secret: none here\n"],
  ["paths and switches", "passwordFile=/run/password\npassword=/run/password\nrequire_password: true\n"],
])("finds nothing in %s", (_, text) => {
  expect(secretAssignedIn(text, "=:")).toBeUndefined();
});

test("takes a colon in an argument for prose", () => {
  expect(secretAssignedIn("echo password: unknown", "=")).toBeUndefined();
  expect(secretAssignedIn("PASSWORD=hunter2 migrate --all", "=")).toBe("PASSWORD");
  expect(secretAssignedIn("migrate --password=hunter2", "=")).toBe("password");
});
