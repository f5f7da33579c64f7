import { execFileSync } from "node:child_process";
import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { recommender } from "../fixtures/bookshop/apps/recommendations/recommender.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { bookshopFiles } from "../fixtures/bookshop/render.ts";
import { TemporaryShop } from "../support/temporary-shop.ts";

const service = "dev/eu/bookshop/catalogue/service-catalogue.yaml";

let shop: TemporaryShop;
beforeEach(() => {
  shop = new TemporaryShop();
});
afterEach(() => {
  shop.remove();
});

/** Applies a patch to the output folder as a reviewer would. */
function gitApply(patch: string): void {
  execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: shop.output, input: patch, stdio: ["pipe", "ignore", "pipe"] });
}

describe("diff", () => {
  test("prints nothing and exits 0 where nothing would change", async () => {
    await shop.run(["synth"]);
    expect(await shop.run(["diff"])).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("prints a unified diff of what would change, and exits 1", async () => {
    await shop.run(["synth"]);
    const before = shop.files();
    shop.edit(`generated/yaml/${service}`, "port: 8080", "port: 80");
    expect(await shop.run(["diff"])).toEqual({
      exitCode: 1,
      stderr: "",
      stdout: `diff --git a/${service} b/${service}
--- a/${service}
+++ b/${service}
@@ -12,7 +12,7 @@
 spec:
   ports:
   - name: http
-    port: 80
+    port: 8080
     targetPort: http
   selector:
     app.kubernetes.io/name: catalogue
`,
    });
    expect([...shop.files().keys()]).toEqual([...before.keys()]);
  });

  test("gives what git apply makes the folder whole with: files written anew, changed and removed", async () => {
    await shop.run(["synth"]);
    rmSync(join(shop.output, ".keelson"));
    rmSync(join(shop.output, "dev/eu/bookshop"), { recursive: true });
    shop.edit("environments/production/images.yaml", "warehouse/shipping: ", "warehouse/shipping: # pinned by hand\n  ");
    shop.edit("environments/production/images.yaml", "books/shipping:v1.10.0", "books/shipping:v1.10.1");
    shop.write("generated/yaml/dev/by-hand.yaml", "kind: ConfigMap\n");
    shop.write("generated/yaml/dev/without a last line.yaml", "kind: ConfigMap");
    shop.write("generated/yaml/dev/empty.yaml", "");
    const { exitCode, stdout } = await shop.run(["diff", "--force"]);
    expect(exitCode).toBe(1);
    gitApply(stdout);
    expect(await shop.run(["synth", "--check"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect([...shop.files().keys()]).toEqual([".keelson", ...bookshopFiles().keys()].sort());
  });

  test("gives what git apply takes a service away with", async () => {
    await shop.run(["synth"]);
    const withoutRecommender: Definitions = {
      ...bookshop,
      systems: bookshop.systems.map((system) =>
        system.services.includes(recommender)
          ? { ...system, services: system.services.filter((entry) => entry !== recommender), calls: [] }
          : system,
      ),
    };
    for (const environment of ["dev", "production"]) {
      const file = `environments/${environment}/images.yaml`;
      shop.write(file, shop.read(file).replaceAll(/^recommendations\/recommender.*\n/gm, ""));
    }
    const { exitCode, stdout, stderr } = await shop.run(["diff"], { definitions: withoutRecommender });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    gitApply(stdout);
    expect((await shop.run(["synth", "--check"], { definitions: withoutRecommender })).exitCode).toBe(0);
  });

  test("shows a link in a file's place as a file of its own", async () => {
    await shop.run(["synth"]);
    rmSync(join(shop.output, service));
    symlinkSync("nowhere", join(shop.output, service));
    const { exitCode, stdout } = await shop.run(["diff"]);
    expect({ exitCode, kinds: stdout.match(/^(---|\+\+\+) .*$/gm) }).toEqual({
      exitCode: 1,
      kinds: [`--- a/${service}`, `+++ b/${service}`],
    });
  });

  test("looks only at what an environment owns, and lists the candidates for a name that is unknown", async () => {
    await shop.run(["synth"]);
    shop.edit(`generated/yaml/${service}`, "port: 8080", "port: 80");
    expect((await shop.run(["diff", "--environment", "production"])).exitCode).toBe(0);
    expect((await shop.run(["diff", "--environment", "dev"])).exitCode).toBe(1);
    expect(await shop.run(["diff", "--environment", "staging"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "error: there is no environment 'staging'\n  hint: the environments are: 'dev', 'production'\n",
    });
  });

  test("prints each change with its patch as JSON", async () => {
    await shop.run(["synth"]);
    shop.edit(`generated/yaml/${service}`, "port: 8080", "port: 80");
    shop.write("generated/yaml/dev/by-hand.yaml", "kind: ConfigMap\n");
    const { exitCode, stdout, stderr } = await shop.run(["diff", "--output", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      changes: [
        { kind: "delete", path: "dev/by-hand.yaml", patch: expect.stringContaining("\n-kind: ConfigMap\n") },
        { kind: "update", path: service, patch: expect.stringContaining("\n-    port: 80\n+    port: 8080\n") },
      ],
      issues: [],
    });
  });

  test("prints no diff when there is an error, and exits 1", async () => {
    await shop.run(["synth"]);
    shop.edit("environments/dev/images.yaml", "warehouse/shipping: ", "warehouse/shiping: ");
    shop.edit(`generated/yaml/${service}`, "port: 8080", "port: 80");
    const { exitCode, stdout, stderr } = await shop.run(["diff"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr.split("\n")[0]).toBe("error: no image pin for 'warehouse/shipping' in 'dev' [image-pins]");
  });

  test("stops at a folder that it may not read, with the machine's own error", async () => {
    await shop.run(["synth"]);
    const folder = join(shop.output, "dev");
    chmodSync(folder, 0o000);
    const { exitCode, stderr } = await shop.run(["diff"]);
    chmodSync(folder, 0o755);
    // root reads everything
    if (exitCode !== 0) expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("EACCES") });
  });
});
