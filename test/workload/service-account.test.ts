import { describe, expect, test } from "@jest/globals";
import { type ServiceAccountProps, WorkloadServiceAccount } from "../../lib/workload/service-account.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

function render(props: ServiceAccountProps, annotations = {}) {
  const place = { context: bookshopContext({ annotations }), name: "catalogue" };
  return renderOne((scope) => new WorkloadServiceAccount(scope, "account", { ...place, ...props }));
}

describe("WorkloadServiceAccount", () => {
  test("gives no token for the Kubernetes API and has no annotation by default", () => {
    expect(render({})).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: bookshopContext().labels },
      automountServiceAccountToken: false,
    });
  });

  test("every prop reaches the manifest", () => {
    const every: Required<ServiceAccountProps> = { annotations: { identity: "catalogue@bookshop.example" }, automountToken: true };
    expect(render(every, { "argocd.argoproj.io/sync-wave": "1" })).toMatchObject({
      metadata: { annotations: { identity: "catalogue@bookshop.example", "argocd.argoproj.io/sync-wave": "1" } },
      automountServiceAccountToken: true,
    });
  });
});
