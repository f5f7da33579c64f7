import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { describe, expect, test } from "@jest/globals";
import { k8s } from "cdk8s-plus-28";
import { CallSite } from "../../lib/definition/source-location.ts";
import { inApp } from "../../lib/synth/build-app.ts";
import { renderManifests } from "../../lib/synth/render-manifests.ts";
import { caught } from "../support/caught.ts";

const owner = { scope: "environment", environment: "dev", cluster: "eu", system: "bookshop", unit: "catalogue" } as const;

describe("renderManifests", () => {
  test("gives every object as a normalized document, with its owner and source", () => {
    const source = CallSite.of(() => undefined);
    const app = inApp((chart) => {
      new k8s.KubeConfigMap(chart, "prices", { metadata: { name: "prices", labels: undefined }, data: { paperback: "9.99" } });
      new ApiObject(chart, "route", {
        apiVersion: "books.example/v1",
        kind: "Shelf",
        metadata: { name: "novels" },
        spec: { floor: null, row: 3 },
      });
    });
    expect(renderManifests(app, owner, source)).toEqual([
      { owner, source, document: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "prices" }, data: { paperback: "9.99" } } },
      { owner, source, document: { apiVersion: "books.example/v1", kind: "Shelf", metadata: { name: "novels" }, spec: { row: 3 } } },
    ]);
  });

  test("finds objects at any depth, in the order of their construction", () => {
    const app = inApp((chart) => {
      const room = new Construct(chart, "room");
      new k8s.KubeConfigMap(room, "z", { metadata: { name: "z" } });
      new k8s.KubeConfigMap(new Construct(room, "shelf"), "a", { metadata: { name: "a" } });
    });
    expect(renderManifests(app, owner, undefined).map(({ document }) => document.metadata.name)).toEqual(["z", "a"]);
  });

  test("renders each object once: some constructs give something else the second time", () => {
    let renderings = 0;
    class Counted extends ApiObject {
      override toJson(): unknown {
        renderings++;
        return super.toJson();
      }
    }
    renderManifests(
      inApp((chart) => new Counted(chart, "counted", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "counted" } })),
      owner,
      undefined,
    );
    expect(renderings).toBe(1);
  });

  test("tells everything that the constructs' own validation found, at once", () => {
    const app = inApp((chart) => {
      for (const shelf of ["novels", "poems"]) {
        new Construct(chart, shelf).node.addValidation({ validate: () => [`${shelf} has no books`] });
      }
    });
    expect(caught(() => renderManifests(app, owner, undefined))).toBe(
      "the constructs refuse what they were given:\n  [unit/novels] novels has no books\n  [unit/poems] poems has no books",
    );
  });
});
