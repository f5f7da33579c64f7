import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { plural } from "../../lib/cli/report/text-report.ts";
import { placedWaivers } from "../../lib/validation/apply-waivers.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { fieldAt } from "../support/field-at.ts";
import { projectRoot } from "../support/project-copy.ts";
import { TemporaryShop } from "../support/temporary-shop.ts";

const { manifests, issues: warnings, waived } = renderBookshop();
const objects = manifests.length;

/** The last line of a report on the bookshop, which has no errors of its own. */
function summary(errors: number, moreWarnings = 0): string {
  const counts = [plural(errors, "error"), plural(warnings.length + moreWarnings, "warning"), `${waived.length} waived`];
  return `${objects} objects: ${counts.join(", ")}\n`;
}

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  shop.remove();
});

describe("validate", () => {
  test("counts the objects, exits 0 and writes nothing where all is well", async () => {
    expect(await shop.run(["validate"])).toMatchObject({ exitCode: 0, stdout: summary(0) });
    expect(existsSync(shop.output)).toBe(false);
  });

  test("tells what is wrong on stderr, under its rule, and exits 1", async () => {
    shop.edit("environments/dev/images.yaml", "shop/catalogue:sha-", "shop/catalogue:nightly-");
    const { exitCode, stdout, stderr } = await shop.run(["validate"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: summary(1) });
    expect(stderr).toContain(
      `image-pins: Every image pin can be read, is used, and is what its environment takes; every container has one.
  error: the pin of 'bookshop/catalogue' in 'dev' has the tag 'nightly-${catalogueCommit()}', which is not 'sha-<commit>'
    at environments/dev/images.yaml:2
    hint: this environment takes 'registry.paperback.example:5000/shop/<name>:sha-<commit>'
`,
    );
  });

  test("tells it as JSON, and nothing on stderr", async () => {
    shop.edit("environments/dev/images.yaml", "bookshop/catalogue:", "bookshop/cataloque:");
    const { exitCode, stdout, stderr } = await shop.run(["validate", "--output", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const { issues, ...counts } = JSON.parse(stdout) as { issues: { rule: string }[] };
    expect(counts).toMatchObject({ objects, errors: issues.length - warnings.length, warnings: warnings.length });
    expect(issues.filter(({ rule }) => rule === "image-pins")).toEqual([
      {
        ...{ severity: "error", rule: "image-pins", subject: "input", place: "environments/dev/images.yaml:1" },
        message: "no image pin for 'bookshop/catalogue' in 'dev'",
        hint: "add the line 'bookshop/catalogue: registry.paperback.example:5000/shop/catalogue:sha-<commit>' to environments/dev/images.yaml",
      },
      {
        ...{ severity: "error", rule: "image-pins", subject: "input", place: "environments/dev/images.yaml:2" },
        message: "the pin of 'bookshop/cataloque' in 'dev' is used by nothing",
        hint: "remove the line, or mend the key; the nearest that are used: 'bookshop/catalogue', 'bookshop/storefront', 'warehouse/shipping'",
      },
    ]);
  });

  test("names the definition of an object, its file under the output folder, and the waiver that lets it pass", async () => {
    const { stdout } = await shop.run(["validate", "--output", "json"]);
    const found = (fieldAt(JSON.parse(stdout), "waived") as { rule: string; object: { name: string } }[]).find(
      ({ rule, object }) => rule === "rollout-proceeds" && object.name === "catalogue",
    );
    const place = expect.stringMatching(/^apps\/bookshop\/catalogue\.ts:\d+$/);
    expect(found).toMatchObject({
      ...{ place, file: "generated/yaml/production/eu/bookshop/catalogue/deployment-catalogue.yaml", environment: "production" },
      object: { kind: "Deployment", namespace: "bookshop-production" },
      waiver: { until: "2027-12-31", reason: "two versions cannot share one index", place },
    });
  });

  test("tells it as SARIF with the pages of the rules, as GitHub's commands, and as GitLab's list", async () => {
    cpSync(join(projectRoot, "docs/rules"), join(shop.root, "docs/rules"), { recursive: true });
    shop.edit("environments/dev/images.yaml", "shop/catalogue:sha-", "shop/catalogue:nightly-");
    const outputs = await Promise.all(["sarif", "github", "gitlab"].map((output) => shop.run(["validate", "--output", output])));
    expect(outputs.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(Array(3).fill({ exitCode: 1, stderr: "" }));
    const [sarif = "", github = "", gitlab = ""] = outputs.map(({ stdout }) => stdout);
    const described = fieldAt(JSON.parse(sarif), "runs.0.tool.driver.rules") as { id: string }[];
    const page = expect.stringMatching(/^# `image-pins`\n/);
    expect(described.find(({ id }) => id === "image-pins")).toMatchObject({ help: { markdown: page } });
    expect(github).toMatch(/^::error file=environments\/dev\/images\.yaml,line=2,title=image-pins::the pin of /);
    expect(fieldAt(JSON.parse(gitlab), "0")).toMatchObject({
      ...{ check_name: "image-pins", location: { path: "environments/dev/images.yaml", lines: { begin: 2 } } },
    });
  });
});

describe("validate, where something is waived", () => {
  const subject = "the waiver of 'rollout-proceeds' on service 'bookshop/catalogue'";
  const waivers = placedWaivers(bookshop).filter(({ waiver }) => waiver.until === "2027-12-31").length;

  test("reports waivers that have ended as errors, and those that will end soon as warnings", async () => {
    const ended = await shop.run(["validate", "--date", "2028-01-01"]);
    expect(ended).toMatchObject({ exitCode: 1, stdout: summary(waivers) });
    expect(ended.stderr).toContain(`  error: ${subject} ended on 2027-12-31\n    at apps/bookshop/catalogue.ts:`);
    const soon = await shop.run(["validate", "--date", "2027-12-31"]);
    expect(soon).toMatchObject({ exitCode: 0, stdout: summary(0, waivers) });
    expect(soon.stderr).toContain(`  warning: ${subject} ends on 2027-12-31\n`);
  });

  test("holds them to today where no day is given", async () => {
    const now = (): Date => new Date("2028-01-01T00:00:00Z");
    expect((await shop.run(["validate"], { now })).stdout).toBe(summary(waivers));
  });

  test("lists what is waived, until when, where and why", async () => {
    expect((await shop.run(["validate"])).stderr).toMatch(
      /^waived\n(.*\n)* {2}rollout-proceeds: 2 findings until 2027-12-31, at apps\/bookshop\/catalogue\.ts:\d+: two versions cannot share one index\n/m,
    );
  });

  test("stops neither synth nor diff because of a day", async () => {
    const now = (): Date => new Date("2028-01-01T00:00:00Z");
    const stderr = expect.stringContaining(`warning: ${subject} ended on 2027-12-31 [waiver]\n`);
    expect(await shop.run(["synth"], { now })).toMatchObject({ exitCode: 0, stderr });
    expect(await shop.run(["diff"], { now })).toMatchObject({ exitCode: 0, stdout: "", stderr });
    expect(await shop.run(["synth", "--check"], { now })).toMatchObject({ exitCode: 0, stderr });
    expect((await shop.run(["diff"])).stderr).not.toContain(subject);
  });

  test("refuses a day that is none", async () => {
    expect(await shop.run(["validate", "--date", "tomorrow"])).toEqual({
      ...{ exitCode: 2, stdout: "" },
      stderr: "error: '--date tomorrow' is no day\n  hint: write it as '2027-06-30'\n",
    });
  });
});

describe("validate of a folder", () => {
  const till = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: till, namespace: shop, labels: {app: till, app: desk}}
spec:
  selector: {matchLabels: {app: till}}
  template:
    metadata: {labels: {app: till}}
    spec:
      containers:
        - name: till
          image: registry.example/shop/till:v1.0.0
          envFrom: [{secretRef: {name: till-key}}]
          tty: wrong
---
apiVersion: bookshop.example/v1
kind: Paper
metadata: {name: till, namespace: shop}
`;

  function write(path: string, text: string): void {
    mkdirSync(join(shop.root, path, ".."), { recursive: true });
    shop.write(path, text);
  }

  test("checks plain manifests by every rule that needs no definition, with the line of each object", async () => {
    write("manifests/shop/till.yaml", till);
    write("manifests/values.yaml", "replicas: 2\n");
    const { exitCode, stdout, stderr } = await shop.run(["validate", "manifests", "--output", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const { issues, ...rest } = JSON.parse(stdout) as { issues: { rule: string; place: string; message: string }[] };
    expect(rest).toMatchObject({
      ...{ objects: 3, waived: [], skipped: ["manifests/values.yaml:1"], unknownKinds: ["bookshop.example/v1/Paper"] },
    });
    const brief = issues.map(({ rule, place, message }) => `${rule} ${place} ${message}`);
    expect(brief).toEqual(
      expect.arrayContaining([
        "manifest-file manifests/shop/till.yaml:7 the key 'app' stands twice in one map",
        "secret-exists manifests/shop/till.yaml:5 Deployment shop/till reads Secret 'till-key', which nothing makes in 'shop'",
        expect.stringMatching(/^schema manifests\/shop\/till\.yaml:5 Deployment shop\/till: 'spec\.template\.spec\.containers\[0\]\.tty' /),
      ]),
    );
  });

  test("tells people what was left out", async () => {
    write("manifests/paper.yaml", "apiVersion: bookshop.example/v1\nkind: Paper\nmetadata: {name: till}\n---\nreplicas: 2\n");
    expect(await shop.run(["validate", "manifests"])).toEqual({
      exitCode: 0,
      stdout: "1 object: 0 errors, 0 warnings, 0 waived\n",
      stderr: `note: 1 document left out as no Kubernetes object: manifests/paper.yaml:5
note: fields are not checked of 1 kind without a known schema: bookshop.example/v1/Paper
`,
    });
  });

  test("says in which namespaces nothing is said of what is missing", async () => {
    write("manifests/till.yaml", till.slice(till.indexOf("apiVersion: apps/v1")));
    write("manifests/loose.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: till}\n");
    const { stderr } = await shop.run(["validate", "manifests"]);
    expect(stderr).toContain("\nnote: nothing is said of what is missing in namespaces that are not there: 'shop', none\n");
    expect(stderr).not.toContain("secret-exists");
    const { stdout } = await shop.run(["validate", "manifests", "--output", "json"]);
    expect(fieldAt(JSON.parse(stdout), "absentNamespaces")).toEqual(["shop", ""]);
  });

  test("names the folder in the notice for GitHub", async () => {
    write(
      "manifests/till.yaml",
      Array.from({ length: 11 }, (_, index) => `kind: Service\napiVersion: v1\nspec: {}\n# ${index}\n`).join("---\n"),
    );
    const { stdout } = await shop.run(["validate", "manifests", "--output", "github"]);
    expect(stdout).toMatch(/::notice title=keelson::not shown here: 1 more error; run `keelson validate manifests` for all\n$/);
  });

  test.each([
    ["with its mark", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(till, "utf16le")])],
    ["without", Buffer.from(till, "utf16le")],
  ])("reports a file in UTF-16, %s", async (_title, bytes) => {
    write("manifests/till.yaml", "");
    writeFileSync(join(shop.root, "manifests/till.yaml"), bytes);
    const { exitCode, stderr } = await shop.run(["validate", "manifests"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("  error: the file is not in UTF-8\n    at manifests/till.yaml:1\n    hint: save it in UTF-8\n");
  });

  test("says once that a Secret is encrypted by SOPS", async () => {
    const encrypted = "ENC[AES256_GCM,data:dGlsbA==,iv:dGlsbA==,tag:dGlsbA==,type:str]";
    const secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: till, namespace: shop}\n";
    write("manifests/till.yaml", `${secret}data: {pin: "${encrypted}"}\nsops: {mac: "${encrypted}"}\n`);
    const { issues } = JSON.parse((await shop.run(["validate", "manifests", "--output", "json"])).stdout) as {
      readonly issues: readonly { readonly message: string }[];
    };
    expect(issues.map(({ message }) => message)).toEqual(["Secret shop/till is encrypted by SOPS, which Argo CD does not decrypt"]);
  });

  test("takes what another program renders from standard input", async () => {
    // without what might make the Secret
    const readInput = (): Promise<Buffer> => Promise.resolve(Buffer.from(till.slice(0, till.lastIndexOf("---"))));
    const { exitCode, stderr } = await shop.run(["validate", "-"], { readInput });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error: Deployment shop/till reads Secret 'till-key', which nothing makes in 'shop'\n    at stdin:5\n");
  });

  test("holds API versions to the release that is said, else to the newest", async () => {
    write("manifests/budget.yaml", "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: till, namespace: shop}\n");
    const rulesOf = async (...argv: string[]): Promise<string[]> => {
      const { stdout } = await shop.run(["validate", "manifests", "--output", "json", ...argv]);
      const { issues } = JSON.parse(stdout) as { readonly issues: readonly { readonly rule: string; readonly severity: string }[] };
      return issues.filter(({ rule }) => rule === "api-version").map(({ severity }) => severity);
    };
    expect(await rulesOf()).toEqual(["error"]);
    expect(await rulesOf("--kubernetes-version", "1.24")).toEqual(["warning"]);
    expect(await rulesOf("--kubernetes-version", "1.20")).toEqual([]);
  });

  test("names whose an object is by file", async () => {
    const one = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: till, namespace: shop}\n";
    write("manifests/a.yaml", one);
    write("manifests/b/c.yaml", one);
    expect((await shop.run(["validate", "manifests"])).stderr).toContain(
      "ConfigMap shop/till is made twice, by 'manifests/a.yaml' and by 'manifests/b/c.yaml'\n    at manifests/b/c.yaml:1\n",
    );
  });

  test("has nothing against what synth writes for an environment, but what the definitions waive", async () => {
    await shop.run(["synth"]);
    const { issues } = JSON.parse((await shop.run(["validate", "generated/yaml/dev", "--output", "json"])).stdout) as {
      readonly issues: readonly { readonly rule: string }[];
    };
    const waivedRules = new Set<string>(waived.map(({ issue }) => issue.rule));
    expect(issues.filter(({ rule }) => !waivedRules.has(rule))).toEqual([]);
  });

  test.each([
    [["validate", "manifests"], "there is no folder or file 'manifests'", "give a folder of manifests, a file, or -"],
    [["validate", "environments"], "there is no Kubernetes object in 'environments'", "an object has apiVersion, kind and metadata"],
    [["validate", "-"], "there is no Kubernetes object on standard input", "an object has apiVersion, kind and metadata"],
    [
      ["validate", ""],
      "'' names no folder of manifests",
      "give a folder of manifests, a file, or -; nothing at all checks the definitions",
    ],
    [
      ["validate", ".", "--kubernetes-version", "1.99"],
      "'--kubernetes-version 1.99' is newer than what is known",
      "leave it out: it is held to the newest known, 1.36",
    ],
    [["validate", ".", "--kubernetes-version", "new"], "'--kubernetes-version new' is no version", "write it as '1.33'"],
    [
      ["validate", "--kubernetes-version", "1.33"],
      "'--kubernetes-version' is for a folder of manifests",
      "of definitions each cluster says its own",
    ],
    [["validate", ".", "--date", "2027-06-30"], "'--date' is for waivers, which a folder of manifests has none of", "leave it out"],
  ])("refuses %j", async (argv, message, hint) => {
    expect(await shop.run(argv)).toEqual({ exitCode: 2, stdout: "", stderr: `error: ${message}\n  hint: ${hint}\n` });
  });
});

function catalogueCommit(): string {
  return /nightly-([0-9a-f]+)/.exec(shop.read("environments/dev/images.yaml"))?.[1] ?? "";
}
