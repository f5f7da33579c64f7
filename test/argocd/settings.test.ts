import { describe, expect, test } from "@jest/globals";
import { ArgoCdSettings, type ArgoCdSettingsProps } from "../../lib/argocd/settings.ts";
import { watchedResources } from "../../lib/argocd/watched-resources.ts";
import { caught } from "../support/caught.ts";
import { renderConstruct } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext({ namespace: "argocd" });

function render(props: ArgoCdSettingsProps) {
  const objects = renderConstruct((scope) => new ArgoCdSettings(scope, "settings", { context, ...props }));
  return new Map(objects.map((object) => [object.metadata.name, object]));
}

describe("ArgoCdSettings", () => {
  test("nobody but administrators may do anything that a project role does not grant", () => {
    expect(render({ url: "https://argocd.bookshop.example", administrators: ["owners"] }).get("argocd-rbac-cm")).toHaveProperty("data", {
      "policy.csv": "g, owners, role:admin\n",
      "policy.default": "",
      scopes: "[groups, email]",
    });
  });

  test("Git is asked every two minutes, spread over one, unless said otherwise", () => {
    expect(render({ url: "https://argocd.bookshop.example", administrators: ["owners"] }).get("argocd-cm")).toHaveProperty("data", {
      ...watchedResources(),
      url: "https://argocd.bookshop.example",
      "application.sync.requireOverridePrivilegeForRevisionSync": "true",
      "application.resourceTrackingMethod": "annotation",
      "timeout.reconciliation": "120s",
      "timeout.reconciliation.jitter": "60s",
    });
  });

  test("every prop reaches the manifests, administrators sorted", () => {
    const every: Required<ArgoCdSettingsProps> = {
      url: "https://deliveries.bookshop.example",
      administrators: ["owners", "librarians"],
      reconciliation: "30s",
      reconciliationJitter: "5s",
    };
    const objects = render(every);
    expect(objects.get("argocd-cm")).toMatchObject({
      data: { url: "https://deliveries.bookshop.example", "timeout.reconciliation": "30s", "timeout.reconciliation.jitter": "5s" },
    });
    expect(objects.get("argocd-rbac-cm")).toHaveProperty(["data", "policy.csv"], "g, librarians, role:admin\ng, owners, role:admin\n");
  });

  test("both are a part of Argo CD, which reads no others", () => {
    for (const object of render({ url: "https://argocd.bookshop.example", administrators: ["owners"] }).values()) {
      expect(object.metadata).toMatchObject({ namespace: "argocd", labels: { "app.kubernetes.io/part-of": "argocd" } });
    }
  });

  test("fails without an administrator", () => {
    expect(caught(() => render({ url: "https://argocd.bookshop.example", administrators: [] }))).toBe(
      "nobody administers Argo CD\nhint: name one group at least under administrators",
    );
  });

  test.each<[Partial<ArgoCdSettingsProps>, string]>([
    [{ reconciliation: "2 minutes" }, "the reconciliation interval '2 minutes' is not a Go duration"],
    [{ reconciliationJitter: "60" }, "the reconciliation jitter '60' is not a Go duration"],
  ])("fails on %j", (interval, message) => {
    expect(caught(() => render({ url: "https://argocd.bookshop.example", administrators: ["owners"], ...interval }))).toBe(
      `${message}\nhint: for example '5s' or '1h30m'`,
    );
  });

  test("fails on a group that would end the policy's line", () => {
    expect(caught(() => render({ url: "https://argocd.bookshop.example", administrators: ["owners, role:admin"] }))).toBe(
      "the group 'owners, role:admin' cannot stand in a policy\nhint: rename it: no commas, quotes or spaces",
    );
  });
});
