import { expect, test } from "@jest/globals";
import { RepositoryFacts } from "../../lib/manifest/repository-facts.ts";
import { secretReadersOf } from "../../lib/manifest/secret-readers.ts";
import { deployment } from "../support/manifests.ts";

/** What a Deployment reads, one line a way: `secret as name [keys]: effect`. */
function readers(spec: Parameters<typeof deployment>[0], annotations?: Record<string, string>): string[] {
  const [workload] = new RepositoryFacts([deployment(spec, annotations && { annotations })]).workloads;
  return secretReadersOf(workload!).map(
    ({ secret, as, name, keys, optional, onRotation }) =>
      `${secret} as ${as} ${name ?? "-"} [${keys === "all" ? keys : keys.join()}]${optional ? " optional" : ""}: ${onRotation}`,
  );
}

const environment = {
  containers: [
    {
      env: [
        { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "database", key: "password" } } },
        { name: "PIN", valueFrom: { secretKeyRef: { name: "till", key: "pin", optional: true } } },
        { name: "PLAIN", value: "text" },
      ],
      envFrom: [{ secretRef: { name: "keys" } }, { configMapRef: { name: "settings" } }],
    },
  ],
};

test("variables are old until the Pods start again", () => {
  expect(readers(environment)).toEqual([
    "database as environment PASSWORD [password]: next-start",
    "till as environment PIN [pin] optional: next-start",
    "keys as environment - [all]: next-start",
  ]);
});

test("a mounted file changes by itself, unless it is mounted by a sub-path", () => {
  const volumes = [
    { name: "whole", secret: { secretName: "database" } },
    { name: "some", secret: { secretName: "till", optional: true, items: [{ key: "pin", path: "pin.txt" }] } },
    {
      name: "put-together",
      projected: { sources: [{ secret: { name: "keys", items: [{ key: "api", path: "api" }] } }, { configMap: { name: "x" } }] },
    },
    { name: "nowhere", secret: { secretName: "unmounted" } },
    { name: "other", configMap: { name: "settings" } },
  ];
  const volumeMounts = [
    { name: "whole", mountPath: "/database" },
    { name: "whole", mountPath: "/etc/pass", subPath: "password" },
    { name: "whole", mountPath: "/etc/own", subPathExpr: "$(POD_NAME)" },
    { name: "some", mountPath: "/till" },
    { name: "put-together", mountPath: "/keys" },
    { name: "other", mountPath: "/settings" },
  ];
  expect(readers({ containers: [{ volumeMounts }], volumes })).toEqual([
    "database as file /database [all]: file-updates",
    "database as file /etc/pass [all]: next-start",
    "database as file /etc/own [all]: next-start",
    "till as file /till [pin] optional: file-updates",
    "keys as file /keys [api]: file-updates",
  ]);
});

test.each([
  ["names the Secret", { "secret.reloader.stakater.com/reload": "keys, database" }, ["database", "keys"]],
  ["says so of all it reads", { "reloader.stakater.com/auto": "true" }, ["database", "till", "keys"]],
  ["says so of all Secrets it reads", { "secret.reloader.stakater.com/auto": "true" }, ["database", "till", "keys"]],
  ["says no", { "reloader.stakater.com/auto": "false" }, []],
  ["names another", { "secret.reloader.stakater.com/reload": "data" }, []],
])("Reloader restarts the Pods of a workload that %s", (_, annotations, restarted) => {
  const found = readers(environment, annotations);
  expect(found.filter((line) => line.endsWith(": restarts")).map((line) => line.split(" ")[0])).toEqual(restarted);
  expect(found).toHaveLength(3);
});

test("a Secret for pulling images counts at the next pull, whatever Reloader does", () => {
  const spec = { ...environment, imagePullSecrets: [{ name: "registry-login" }] };
  expect(readers(spec, { "reloader.stakater.com/auto": "true" }).at(-1)).toBe("registry-login as image-pull - [all]: next-pull");
});

test("what two containers read alike is said once, and a document without lists reads nothing", () => {
  const [container] = environment.containers;
  expect(readers({ containers: [container!, container!] })).toHaveLength(3);
  expect(readers({ containers: [{ env: "text", envFrom: null, volumeMounts: 7 }], volumes: "text" })).toEqual([]);
});
