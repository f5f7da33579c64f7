import { describe, expect, test } from "@jest/globals";
import { serviceAccountExists } from "../../../lib/validation/rules/service-account-exists.ts";
import { deployment, manifest, platform, reported } from "../../support/manifests.ts";

const advice = "render a WorkloadServiceAccount of that name beside it";

describe("service-account-exists", () => {
  test("lets Pods pass that run as an account of their namespace, as default or as nobody in particular", () => {
    expect(
      reported(serviceAccountExists, [
        deployment({ serviceAccountName: "catalogue" }),
        manifest({ kind: "ServiceAccount" }),
        deployment({ serviceAccountName: "default" }, { name: "checkout" }),
        deployment({}, { name: "stock" }),
      ]),
    ).toEqual([]);
  });

  test("reports an account that nothing makes in the namespace", () => {
    const elsewhere = manifest({ kind: "ServiceAccount", metadata: { namespace: "bookshop-staging" } });
    expect(reported(serviceAccountExists, [deployment({ serviceAccountName: "catalogue" }), elsewhere])).toEqual([
      `Deployment bookshop-dev/catalogue runs as ServiceAccount 'catalogue', which nothing makes in 'bookshop-dev'\nhint: ${advice}`,
    ]);
  });

  test("names the nearest", () => {
    expect(reported(serviceAccountExists, [deployment({ serviceAccountName: "catalog" }), manifest({ kind: "ServiceAccount" })])).toEqual([
      `Deployment bookshop-dev/catalogue runs as ServiceAccount 'catalog', which nothing makes in 'bookshop-dev'\nhint: ${advice}, or mend the name; the nearest there: 'catalogue'`,
    ]);
  });

  test("says nothing of namespaces that nobody declares", () => {
    const pod = manifest(
      { kind: "Pod", metadata: { namespace: "argocd" }, spec: { containers: [], serviceAccountName: "backup" } },
      platform,
    );
    expect(reported(serviceAccountExists, [pod])).toEqual([]);
  });
});
