import { describe, expect, test } from "@jest/globals";
import { Application } from "../../lib/argocd/application.ts";
import { expandApplicationSet } from "../../lib/argocd/application-set-expansion.ts";
import type { ApplicationSetProps } from "../../lib/argocd/application-set.ts";
import { Generator } from "../../lib/argocd/generator.ts";
import { syncModeElement, syncModePatch } from "../../lib/argocd/sync-mode-patch.ts";
import { SyncMode } from "../../lib/definition/environment-policy.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";

const server = "https://kubernetes.default.svc";
const healing = SyncMode.automated({ prune: true, selfHeal: true });
const elements = [
  { environment: "dev", server, ...syncModeElement(healing) },
  { environment: "production", server, ...syncModeElement(SyncMode.manual()) },
];
const props: ApplicationSetProps = {
  name: "bookshop",
  generators: [Generator.list(elements)],
  template: {
    name: "bookshop-{{ .environment }}",
    labels: { "keelson.dev/environment": "{{ .environment }}" },
    annotations: { "{{ .environment }}.bookshop.example/owner": "till-team" },
    project: "bookshop-{{ .environment }}",
    source: {
      repoURL: "https://github.com/bookshop/gitops.git",
      targetRevision: "main",
      path: "dist/{{ .environment }}/main/bookshop",
      directory: { recurse: true },
    },
    destination: { server: "{{ .server }}", namespace: "bookshop-{{ .environment }}" },
    syncPolicy: { mode: SyncMode.manual() },
    info: [{ name: "Environment", value: "{{ .environment }}" }],
  },
  templatePatch: syncModePatch(),
  argocdVersion: "3.5.3",
};

function expand(change: Partial<ApplicationSetProps> = {}) {
  return expandApplicationSet({ ...props, ...change });
}

describe("expandApplicationSet", () => {
  test("gives the Applications that their own definitions would have given, without a finalizer", () => {
    const wanted = [
      { environment: "dev", mode: healing },
      { environment: "production", mode: SyncMode.manual() },
    ].map(({ environment, mode }) =>
      renderOne(
        (scope) =>
          new Application(scope, "application", {
            name: `bookshop-${environment}`,
            labels: { "keelson.dev/environment": environment },
            annotations: { [`${environment}.bookshop.example/owner`]: "till-team" },
            project: `bookshop-${environment}`,
            source: { ...props.template.source, path: `dist/${environment}/main/bookshop` },
            destination: { server, namespace: `bookshop-${environment}` },
            syncPolicy: { mode },
            info: [{ name: "Environment", value: environment }],
            argocdVersion: "3.5.3",
          }),
      ),
    );
    const expanded = expand();
    expect(expanded.map(({ application }) => application)).toStrictEqual(wanted);
    expect(expanded.map(({ element }) => element)).toEqual(elements);
    expect(expanded[0]?.application.metadata).not.toHaveProperty("finalizers");
  });

  test("sorts keys, as every manifest has them", () => {
    const texts = expand().map(({ application }) => JSON.stringify(application));
    const wanted = expand().map(({ application }) =>
      JSON.stringify(application, (_, value: unknown) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
          : value,
      ),
    );
    expect(texts).toEqual(wanted);
  });

  test("is the same whatever the order of an element's keys", () => {
    const turned = elements.map((element) => Object.fromEntries(Object.entries(element).reverse()));
    expect(expand({ generators: [Generator.list(turned)] }).map(({ application }) => application)).toEqual(
      expand().map(({ application }) => application),
    );
  });

  test("joins the elements of several list generators, in Argo CD's own namespace", () => {
    const [dev = {}, production = {}] = elements;
    const expanded = expand({ generators: [Generator.list([production]), Generator.list([dev])], namespace: "gitops" });
    expect(expanded.map(({ application }) => `${application.metadata.namespace ?? ""}/${application.metadata.name}`)).toEqual([
      "gitops/bookshop-production",
      "gitops/bookshop-dev",
    ]);
  });

  test("needs no patch", () => {
    expect(expand({ templatePatch: undefined }).map(({ application }) => application.spec.syncPolicy.automated)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("a patch replaces lists whole", () => {
    const [first] = expand({ templatePatch: "spec:\n  syncPolicy:\n    syncOptions:\n      - ServerSideApply=true\n" });
    expect(first?.application.spec.syncPolicy.syncOptions).toEqual(["ServerSideApply=true"]);
  });

  test("fails when a generator needs a cluster", () => {
    expect(caught(() => expand({ generators: [Generator.clusters()] }))).toBe(
      "the clusters generator of ApplicationSet 'bookshop' cannot be expanded offline\nhint: give the elements in a list generator",
    );
  });

  test("fails on a selector", () => {
    expect(caught(() => expand({ generators: [Generator.list(elements).matching({ matchLabels: { environment: "dev" } })] }))).toBe(
      "the list generator with a selector of ApplicationSet 'bookshop' cannot be expanded offline\nhint: give the elements in a list generator",
    );
  });

  test("fails when two elements give one name", () => {
    expect(caught(() => expand({ generators: [Generator.list([...elements, ...elements])] }))).toBe(
      "ApplicationSet 'bookshop' makes the Application 'bookshop-dev' twice\nhint: use a parameter in the template's name that is different in every element, got 'bookshop-{{ .environment }}'",
    );
  });

  test("fails when an element lacks a parameter, of the template or of the patch", () => {
    expect(caught(() => expand({ generators: [Generator.list([{ environment: "dev", automated: false }])] }))).toBe(
      "the template of ApplicationSet 'bookshop' uses '.server', but the element has no '.server'\nhint: give it to every element; there is 'automated', 'environment'",
    );
    expect(caught(() => expand({ generators: [Generator.list([{ environment: "dev", server }])] }))).toBe(
      "the templatePatch of ApplicationSet 'bookshop' uses '.automated', but the element has no '.automated'\nhint: give it to every element; there is 'server', 'environment'",
    );
  });

  test("fails when a patch adds a second way to name the cluster", () => {
    expect(caught(() => expand({ templatePatch: "spec:\n  destination:\n    name: eu\n" }))).toBe(
      "Application 'bookshop-dev' of ApplicationSet 'bookshop' has both a server and a name as its destination",
    );
  });
});
