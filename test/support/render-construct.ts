import { ApiObject, App, Chart } from "cdk8s";
import type { KubernetesObject } from "../../lib/manifest/manifest.ts";

/** The objects that `build` adds to a chart, in the order of their construction. */
export function renderConstruct(build: (scope: Chart) => unknown): readonly KubernetesObject[] {
  const app = new App({ outdir: "unused" });
  build(new Chart(app, "test", { disableResourceNameHashes: true }));
  return app.node
    .findAll()
    .filter((construct) => construct instanceof ApiObject)
    .map((object) => object.toJson() as KubernetesObject);
}

/** The one object that `build` adds to a chart. */
export function renderOne(build: (scope: Chart) => unknown): KubernetesObject {
  const [object, ...others] = renderConstruct(build);
  if (object === undefined || others.length > 0) throw new Error(`expected one object, got ${others.length + (object ? 1 : 0)}`);
  return object;
}
