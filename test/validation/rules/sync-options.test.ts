import { describe, expect, test } from "@jest/globals";
import type { Manifest, ObjectMetadata } from "../../../lib/manifest/manifest.ts";
import { syncOptions } from "../../../lib/validation/rules/sync-options.ts";
import { bookshopWorld } from "../../support/bookshop-world.ts";
import { application } from "../../support/delivery.ts";
import { deployment, manifest, reported } from "../../support/manifests.ts";

const app = (...options: string[]): Manifest => application({ syncPolicy: { syncOptions: options } });
const annotated = (key: string, value: string): Manifest => deployment({}, { annotations: { [`argocd.argoproj.io/${key}`]: value } });
const ofApp = "Application argocd/bookshop-dev has the sync option";
const ofObject = "Deployment bookshop-dev/catalogue has the";
const hint = (text: string): string => `\nhint: ${text}`;

describe("sync-options", () => {
  test("lets every option pass where Argo CD looks for it", () => {
    expect(
      reported(syncOptions, [
        app(
          "ApplyOutOfSyncOnly=true",
          "ClientSideApplyMigration=false",
          "CreateNamespace=true",
          "Delete=confirm",
          "FailOnSharedResource=true",
          "Prune=false",
          "PruneLast=true",
          "PrunePropagationPolicy=background",
          "Replace=true",
          "RespectIgnoreDifferences=true",
          "ServerSideApply=false",
          "SkipDryRunOnMissingResource=true",
          "Validate=false",
        ),
        annotated("sync-options", "Prune=confirm, Delete=false,Force=true,Replace=true"),
        annotated("compare-options", "IgnoreExtraneous,ServerSideDiff=true,IncludeMutationWebhook=true"),
        application({ syncPolicy: undefined }),
      ]),
    ).toEqual([]);
  });

  test.each([
    ["CreateNamespaces=true", ", which Argo CD does not know", "the nearest are: 'CreateNamespace', "],
    ["prune=false", ", which Argo CD does not know", "the nearest are: 'Prune', "],
    [" CreateNamespace=true", ", which Argo CD does not know", "the nearest are: 'CreateNamespace', "],
    ["toString=true", ", which Argo CD does not know", "the nearest are: "],
    ["ServerSideDiff=true", ", which is a compare option", "put it into the annotation argocd.argoproj.io/compare-options"],
    [
      "Force=true",
      ", which Argo CD does not look for there",
      "put it into the annotation argocd.argoproj.io/sync-options of single objects",
    ],
    ["CreateNamespace=yes", ", whose value Argo CD does not know", "it may be: 'false', 'true'"],
    ["CreateNamespace=True", ", whose value Argo CD does not know", "it may be: 'true', 'false'"],
    ["CreateNamespace", ", whose value Argo CD does not know", "it may be: 'true', 'false'"],
    ["PrunePropagationPolicy=true", ", whose value Argo CD does not know", "it may be: 'orphan', 'background', 'foreground'"],
  ])("reports '%s' of an Application", (option, what, todo) => {
    const found = reported(syncOptions, [app(option)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${ofApp} '${option}'${what}${hint(todo)}`);
  });

  test.each([
    [
      "sync-options",
      "Prune=flase",
      `${ofObject} sync option 'Prune=flase', whose value Argo CD does not know${hint("it may be: 'false', 'true', 'confirm'")}`,
    ],
    [
      "sync-options",
      "CreateNamespace=true",
      `${ofObject} sync option 'CreateNamespace=true', which Argo CD does not look for there${hint("put it into spec.syncPolicy.syncOptions of the Application")}`,
    ],
    [
      "sync-options",
      "IgnoreExtraneous",
      `${ofObject} sync option 'IgnoreExtraneous', which is a compare option${hint("put it into the annotation argocd.argoproj.io/compare-options")}`,
    ],
    [
      "compare-options",
      "Prune=false",
      `${ofObject} compare option 'Prune=false', which is a sync option${hint("put it into the annotation argocd.argoproj.io/sync-options")}`,
    ],
    [
      "compare-options",
      "IgnoreExtra",
      `${ofObject} compare option 'IgnoreExtra', which Argo CD does not know${hint("the nearest are: 'IgnoreExtraneous', 'ServerSideDiff', 'IncludeMutationWebhook'")}`,
    ],
    [
      "compare-options",
      "IgnoreExtraneous=true",
      `${ofObject} compare option 'IgnoreExtraneous=true', whose value Argo CD does not know${hint("write it alone: 'IgnoreExtraneous'")}`,
    ],
    [
      "compare-options",
      "ServerSideDiff",
      `${ofObject} compare option 'ServerSideDiff', whose value Argo CD does not know${hint("it may be: 'true', 'false'")}`,
    ],
  ])("reports in the annotation %s: %s", (key, value, finding) => {
    expect(reported(syncOptions, [annotated(key, value)])).toEqual([finding]);
  });

  test("reports Replace with ServerSideApply, on an Application and on an object", () => {
    const both = (name: string): string =>
      `${name} has both sync options 'Replace=true' and 'ServerSideApply=true'${hint("keep one of them: Replace wins, and nothing is applied on the server")}`;
    expect(
      reported(syncOptions, [app("Replace=true", "ServerSideApply=true"), annotated("sync-options", "ServerSideApply=true,Replace=true")]),
    ).toEqual([both("Application argocd/bookshop-dev"), both("Deployment bookshop-dev/catalogue")]);
    expect(reported(syncOptions, [app("Replace=true", "ServerSideApply=false")])).toEqual([]);
  });

  test("knows from which version on an Application may say how it prunes", () => {
    const old = bookshopWorld({ argocdVersion: "3.3.9" });
    expect(reported(syncOptions, [app("Prune=false"), annotated("sync-options", "Prune=false")], old)).toEqual([
      `${ofApp} 'Prune=false', which Argo CD 3.3.9 does not look for there${hint("it is known there from 3.4 on")}`,
    ]);
    expect(
      reported(syncOptions, [app("Prune=false", "ClientSideApplyMigration=false")], bookshopWorld({ argocdVersion: "3.4.0" })),
    ).toEqual([]);
  });

  test.each<[string, Partial<ObjectMetadata>, string]>([
    [
      "an annotation",
      { annotations: { "argocd.argoproj.io/sync-waves": "1" } },
      "annotation 'argocd.argoproj.io/sync-waves', which Argo CD does not know\nhint: the nearest are: 'argocd.argoproj.io/sync-wave', ",
    ],
    [
      "a label",
      { labels: { "argocd.argoproj.io/secret-types": "repository", "argocd.argoproj.io/managed-by": "argocd" } },
      "label 'argocd.argoproj.io/secret-types', which Argo CD does not know\nhint: the nearest are: 'argocd.argoproj.io/secret-type', ",
    ],
    [
      "a label as annotation",
      { annotations: { "argocd.argoproj.io/secret-type": "repository" } },
      "annotation 'argocd.argoproj.io/secret-type', which Argo CD does not know\nhint: it is no annotation",
    ],
    [
      "an annotation as label",
      { labels: { "argocd.argoproj.io/sync-wave": "1" } },
      "label 'argocd.argoproj.io/sync-wave', which Argo CD does not know\nhint: it is no label",
    ],
  ])("reports %s that Argo CD does not know", (_title, metadata, finding) => {
    const found = reported(syncOptions, [deployment({}, metadata)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${ofObject} ${finding}`);
  });

  test("leaves keys of others alone", () => {
    const annotations = { "link.argocd.argoproj.io/dashboard": "https://grafana.example", "bookshop.example/sync-waves": "1" };
    expect(reported(syncOptions, [deployment({}, { annotations })])).toEqual([]);
  });

  test("reports a finalizer that Argo CD never takes off, and leaves those of others alone", () => {
    const finalized = (...finalizers: readonly string[]): Manifest =>
      manifest({ apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { finalizers } });
    const known = ["resources-finalizer.argocd.argoproj.io/background", "post-delete-finalizer.argocd.argoproj.io/cleanup"];
    expect(reported(syncOptions, [finalized(...known, "bookshop.example/cleanup")])).toEqual([]);
    const [message = ""] = reported(syncOptions, [finalized("resource-finalizer.argocd.argoproj.io")]);
    expect(message).toContain("has the finalizer 'resource-finalizer.argocd.argoproj.io', which Argo CD does not know and never takes off");
    expect(message).toContain("the nearest are: 'resources-finalizer.argocd.argoproj.io'");
  });
});
