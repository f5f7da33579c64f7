import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { TrustPolicyAdmission } from "../../../lib/admission/trust-policy-admission.ts";
import { TrustPolicy } from "../../../lib/definition/trust-policy.ts";
import { exemptPrefix, hasDigest, imageNames, imageReferences, trustedPrefixes } from "../../support/image-references.ts";
import { renderConstruct } from "../../support/render-construct.ts";
import { bookshopContext } from "../../support/unit-context.ts";
import { type ControlPlane, startControlPlane } from "../control-plane/control-plane.ts";
import { NotYet, waitFor } from "../control-plane/wait-for.ts";
import { ownControlPlaneOnly } from "../own-control-plane-only.ts";
import { Undo } from "../undo.ts";

const trust = TrustPolicy.of({
  registries: trustedPrefixes,
  exemptions: [{ images: exemptPrefix, reason: "the mesh puts it into Pods" }],
});
const [dev, production, elsewhere] = ["bookshop-dev", "bookshop-production", "elsewhere"];
const digests = new Map([
  [dev, "optional" as const],
  [production, "required" as const],
]);
const digest = `@sha256:${"5e4d".repeat(16)}`;
const good = `ghcr.io/acme/app:v1${digest}`;
const evil = `ghcr.io/acme-evil/app:v1${digest}`;
const stranger = (image: string): string => `image '${image}' is of no trusted registry (${trustedPrefixes.join(", ")})`;

// The rendered policies, as the API server understands them; the offline rule reads the same TrustPolicy.
ownControlPlaneOnly("the trust policy on an API server", () => {
  const undo = new Undo();
  let plane: ControlPlane;
  let policies: readonly PolicyDocument[];

  const list = (items: readonly object[]): string => JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const create = (items: readonly object[], ...options: readonly string[]): Promise<string> =>
    plane.kubectl(["create", "--output=name", ...options, "--filename=-"], list(items));
  /** What the API server says against objects of a namespace; nothing where it takes them. */
  const said = (...items: readonly object[]): Promise<string> =>
    create(items, "--dry-run=server").then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

  beforeAll(async () => {
    plane = await startControlPlane({ argocd: false });
    undo.later(() => plane.stop());
    await create([dev, production, elsewhere].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })));
    await waitFor("every namespace has its service account", async () => {
      const accounts = await plane.kubectl([
        "get",
        "serviceaccounts",
        "--all-namespaces",
        "--output=jsonpath={.items[*].metadata.namespace}",
      ]);
      return [dev, production, elsewhere].every((name) => accounts.split(" ").includes(name));
    });
    // what ran before the policy came
    await create([workload("Deployment", dev, [evil], "former")]);
    const context = bookshopContext({ cluster: { ...bookshopContext().cluster, trust } });
    const namespaces = [...digests].map(([name, wanted]) => ({ name: name, cluster: context.cluster.name, digest: wanted }));
    const rendered = renderConstruct((scope) => new TrustPolicyAdmission(scope, "trust", { context, namespaces }));
    policies = rendered.filter(({ kind }) => kind === "ValidatingAdmissionPolicy") as unknown as readonly PolicyDocument[];
    await create(rendered, "--validate=strict");
    await waitFor("both policies are enforced", async () => {
      const answers = [await said(pod(production, evil)), await said(pod(production, "ghcr.io/acme/app:v1"))];
      return answers.every((text) => text.includes("denied request")) || new NotYet(answers);
    });
  });

  test("compiles without a warning for any kind that it matches", async () => {
    // the API server checks the types of validations only: here every variable is one, beside one that is known to be wrong
    const probes = policies.map((policy) => probeOf(policy));
    await create([
      ...probes,
      { ...probes[0], ...policyCalled("careless"), spec: { ...probes[0]?.spec, validations: [{ expression: careless }] } },
    ]);
    const checked = await waitFor("the types were checked", async () => {
      const { items } = JSON.parse(await plane.kubectl(["get", "validatingadmissionpolicies", "--output=json"])) as Policies;
      return items.every(({ metadata, status }) => status?.observedGeneration === metadata.generation) ? items : undefined;
    });
    const warnings = checked.map(({ metadata, status }) => [metadata.name, status?.typeChecking?.expressionWarnings?.length ?? 0]);
    expect(Object.fromEntries(warnings)).toEqual({
      careless: 1,
      "keelson-image-digests": 0,
      "keelson-image-digests-probe": 0,
      "keelson-trusted-registries": 0,
      "keelson-trusted-registries-probe": 0,
    });
  });

  /** Of some images in a namespace, which the API server admits. */
  const admitted = async (namespace: string, references: readonly string[]): Promise<[string, boolean][]> => {
    const answer = await said(...references.map((reference, index) => pod(namespace, reference, `image-${index}`)));
    const refused = new Set([...answer.matchAll(/pods? "image-(\d+)" is (?:forbidden|invalid)/gi)].map(([, index]) => Number(index)));
    return references.map((reference, index) => [reference, !refused.has(index)]);
  };

  test.each([...digests])(
    "admits in %s exactly what was written down by hand, and what the offline rule admits",
    async (namespace, wanted) => {
      const live = await admitted(
        namespace,
        imageReferences.map(([reference]) => reference),
      );
      const byHand = imageReferences.map(([reference, verdict]) => [
        reference,
        verdict === "exempt" || (verdict === "trusted" && (wanted === "optional" || hasDigest(reference))),
      ]);
      expect(live).toEqual(byHand);
      expect(live).toEqual(live.map(([reference]) => [reference, trust.admits(reference, { digest: wanted })]));
    },
  );

  test.each([...digests])("admits in %s what the offline rule admits of names that nobody chose", async (namespace, wanted) => {
    const references = fc.sample(imageNames, { numRuns: 300, seed: 5 }).map(([parts, end]) => parts.join("/") + end);
    const live = await admitted(namespace, references);
    expect(live).toEqual(references.map((reference) => [reference, trust.admits(reference, { digest: wanted })]));
    // neither all nor nothing
    expect(live.filter(([, passes]) => passes).length).toBeGreaterThan(10);
  });

  test("says which image, and what is wrong with it", async () => {
    await expect(said(pod(dev, evil))).resolves.toContain(
      `pods "app" is forbidden: ValidatingAdmissionPolicy 'keelson-trusted-registries' with binding 'keelson-trusted-registries' denied request: ${stranger(evil)}`,
    );
    await expect(said(workload("Deployment", production, ["nginx", good, "nginx:1"]))).resolves.toContain(
      `deployments.apps "app" is forbidden: ValidatingAdmissionPolicy 'keelson-image-digests' with binding 'keelson-image-digests' denied request: image 'nginx' has no digest; image 'nginx:1' has no digest`,
    );
    const long = `ghcr.io/evil/${"long/".repeat(2000)}app`;
    await expect(said(pod(dev, long))).resolves.toContain("denied request: an image is of no trusted registry");
  });

  test("reads every image of everything that makes Pods", async () => {
    const kinds = ["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"];
    const volumes = [{ name: "model", image: { reference: evil } }];
    await expect(said(...kinds.map((kind) => workload(kind, production, [good, good])))).resolves.toBe("");
    const answer = await said(
      ...kinds.flatMap((kind) => [
        workload(kind, production, [good, evil], "second"),
        workload(kind, production, [good], "init", { initContainers: [container(evil, 9)] }),
        workload(kind, production, [good], "volume", { volumes }),
      ]),
    );
    const refused = [...answer.matchAll(/: (\S+) "(\w+)" is forbidden: \S+ \S+ with binding \S+ denied request: (.*)/g)].map((match) =>
      match.slice(1),
    );
    const resources = [
      "pods",
      "deployments.apps",
      "statefulsets.apps",
      "daemonsets.apps",
      "replicasets.apps",
      "jobs.batch",
      "cronjobs.batch",
    ];
    expect(refused).toEqual(resources.flatMap((resource) => ["second", "init", "volume"].map((name) => [resource, name, stranger(evil)])));
  });

  test("reads the containers that are added to a running Pod", async () => {
    await create([pod(dev, good, "debugged")]);
    const debug = (image: string): Promise<string> =>
      plane.kubectl(["debug", "debugged", `--namespace=${dev}`, `--image=${image}`, "--quiet"]).then(
        () => "",
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
    await expect(debug(evil)).resolves.toContain(stranger(evil));
    await expect(debug("ghcr.io/acme/debugger:v1")).resolves.toBe("");
  });

  test("lets what ran before be scaled, and not be given another such image, nor make another Pod", async () => {
    const patch = (change: object): Promise<string> =>
      plane.kubectl(["patch", "deployment", "former", `--namespace=${dev}`, "--type=merge", `--patch=${JSON.stringify(change)}`]);
    await patch({ metadata: { labels: { seen: "yes" } }, spec: { replicas: 0 } });
    const other = { spec: { template: { spec: { containers: [{ name: "c0", image: evil.replace("v1", "v2") }] } } } };
    await expect(patch(other)).rejects.toThrow("is of no trusted registry");
    await expect(said(pod(dev, evil))).resolves.toContain(stranger(evil));
  });

  test("leaves other namespaces alone", async () => {
    await expect(said(pod(elsewhere, "evil.example/app:1"), pod("kube-system", "evil.example/app:1"))).resolves.toBe("");
  });
});

/** Right for a Deployment, wrong for a Pod. */
const careless = "object.spec.template.spec.containers.size() > 0";

interface PolicyDocument {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly variables: readonly { readonly expression: string }[]; readonly [field: string]: unknown };
}

interface Policies {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly generation: number };
    readonly status?: { readonly observedGeneration?: number; readonly typeChecking?: { readonly expressionWarnings?: readonly object[] } };
  }[];
}

function policyCalled(name: string): object {
  return { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicy", metadata: { name } };
}

/** The same policy, bound to nothing, with its variables as validations. */
function probeOf({ metadata, spec }: PolicyDocument): Pick<PolicyDocument, "spec"> {
  const validations = spec.variables.map(({ expression }) => ({ expression: `(${expression}).size() >= 0` }));
  return { ...policyCalled(`${metadata.name}-probe`), spec: { ...spec, validations } };
}

function container(image: string, index = 0): object {
  return { name: `c${index}`, image };
}

function pod(namespace: string | undefined, image: string, name = "app"): object {
  return workload("Pod", namespace, [image], name);
}

function workload(kind: string, namespace: string | undefined, images: readonly string[], name = "app", more: object = {}): object {
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  const labels = { app: name };
  const restartPolicy = ["Job", "CronJob"].includes(kind) ? "Never" : "Always";
  const spec = { restartPolicy, containers: images.map((image, index) => container(image, index)), ...more };
  if (kind === "Pod") return { apiVersion: "v1", kind, metadata, spec };
  const template = { metadata: { labels }, spec };
  if (kind === "Job") return { apiVersion: "batch/v1", kind, metadata, spec: { template } };
  if (kind === "CronJob")
    return { apiVersion: "batch/v1", kind, metadata, spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template } } } };
  const own = kind === "StatefulSet" ? { serviceName: name } : {};
  return { apiVersion: "apps/v1", kind, metadata, spec: { selector: { matchLabels: labels }, template, ...own } };
}
