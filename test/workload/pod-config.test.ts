import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type PodConfigProps } from "../../lib/workload/pod-config.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { find, podOf, renderUnit, titles } from "./rendered-unit.ts";

function render(props: PodConfigProps, image = "1.0.0") {
  return renderUnit(Worker, props, bookshopContext({ images: { take: () => `registry.example/bookshop/catalogue:${image}` } }));
}

function checksumOf(props: PodConfigProps, image?: string): string | undefined {
  return podOf(render(props, image), "Deployment catalogue").metadata?.annotations?.["keelson.dev/config-checksum"];
}

const every: Required<PodConfigProps> = {
  config: { CURRENCY: "EUR", EMPTY: "" },
  configFiles: { "/etc/bookshop/prices.yaml": "poetry: 9\n", "/etc/bookshop/empty": "" },
};

describe("PodConfig", () => {
  test("no configuration is no ConfigMap, no mount and no checksum", () => {
    for (const nothing of [{}, { config: {}, configFiles: {} }]) {
      const objects = render(nothing);
      expect(titles(objects)).not.toContain("ConfigMap catalogue-config");
      expect(titles(objects)).not.toContain("ConfigMap catalogue-files");
      const { metadata, spec } = podOf(objects, "Deployment catalogue");
      expect(metadata).not.toHaveProperty("annotations");
      expect(spec).not.toHaveProperty("volumes");
      expect(spec.containers[0]).not.toHaveProperty("envFrom");
    }
  });

  test("every prop reaches the manifests, empty values included", () => {
    const objects = render(every);
    expect(find(objects, "ConfigMap catalogue-config")).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "catalogue-config", namespace: "bookshop-dev", labels: bookshopContext().labels },
      data: { CURRENCY: "EUR", EMPTY: "" },
    });
    expect(find(objects, "ConfigMap catalogue-files").data).toEqual({
      etc_bookshop_empty: "",
      "etc_bookshop_prices.yaml": "poetry: 9\n",
    });
    const { spec } = podOf(objects, "Deployment catalogue");
    expect(spec.volumes).toEqual([{ name: "config-files", configMap: { name: "catalogue-files" } }]);
    const file = { name: "config-files", readOnly: true };
    expect(spec.containers[0]).toMatchObject({
      envFrom: [{ configMapRef: { name: "catalogue-config" } }],
      volumeMounts: [
        { ...file, mountPath: "/etc/bookshop/empty", subPath: "etc_bookshop_empty" },
        { ...file, mountPath: "/etc/bookshop/prices.yaml", subPath: "etc_bookshop_prices.yaml" },
      ],
    });
  });

  test("any configuration: the checksum changes if, and only if, a name or a content does", () => {
    const plain = { noNullPrototype: true };
    const variables = fc.dictionary(fc.constantFrom("CURRENCY", "MOTTO", "THEME"), fc.constantFrom("", "a", "b", '","'), plain);
    const files = fc.dictionary(fc.constantFrom("/etc/prices", "/etc/shelves", "/srv/prices"), fc.constantFrom("", "a", "b"), plain);
    const props = fc.record({ config: variables, configFiles: files });
    const contentOf = ({ config = {}, configFiles = {} }: PodConfigProps) =>
      JSON.stringify([Object.entries(config).sort(), Object.entries(configFiles).sort()]);
    fc.assert(
      fc.property(props, props, (one, other) => {
        expect(checksumOf(one) === checksumOf(other)).toBe(contentOf(one) === contentOf(other));
      }),
    );
  });

  test("the checksum depends on neither the order of the entries nor the image", () => {
    const reversed = Object.fromEntries(Object.entries(every.config).reverse());
    expect(checksumOf({ ...every, config: reversed }, "2.0.0")).toBe(checksumOf(every));
    expect(checksumOf(every)).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(["etc/prices", "/", "/etc/", "/etc//prices", "/etc/my prices", "/etc/prices?"])("fails for the path '%s'", (path) => {
    expect(caught(() => render({ configFiles: { [path]: "" } }))).toBe(
      `the config file '${path}' is not an absolute path of letters, digits, '.', '_' and '-'`,
    );
  });

  test.each(["/../prices", "/etc/..", "/./prices", "/..prices/poetry"])("fails for the path '%s', which leads elsewhere", (path) => {
    expect(caught(() => render({ configFiles: { [path]: "" } }))).toBe(
      `the config file '${path}' has a part that is '.' or starts with '..'\nhint: write the path that it leads to`,
    );
  });

  test("fails for two paths that give one key", () => {
    expect(caught(() => render({ configFiles: { "/etc/prices": "", "/etc_prices": "" } }))).toBe(
      "the config files '/etc/prices' and '/etc_prices' give the same key 'etc_prices'\nhint: rename one",
    );
  });
});
