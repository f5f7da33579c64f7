import { describe, expect, test } from "@jest/globals";
import { BreakGlass } from "../../lib/definition/break-glass.ts";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { readHolds } from "../../lib/hold/holds.ts";
import type { Manifest } from "../../lib/manifest/manifest.ts";
import { layoutFiles, manifestPath } from "../../lib/synth/layout-files.ts";
import { renderRepository } from "../../lib/synth/line.ts";
import { resolveSystems } from "../../lib/synth/resolve-systems.ts";
import { systemApplications } from "../../lib/synth/system-applications.ts";
import { bookshopSystem } from "../fixtures/bookshop/apps/bookshop/system.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { dev } from "../fixtures/bookshop/environments/dev/environment.ts";
import { bookshopFiles, bookshopPins, bookshopSealed } from "../fixtures/bookshop/render.ts";
import { fieldAt } from "../support/field-at.ts";

type Rendered = ReturnType<typeof renderRepository>;

const quiet = bookshopFiles();
const catalogue = bookshopSystem.services.find(({ name }) => name === "catalogue")!;
const about = { environment: dev, reason: "the index is\nrebuilt by hand", owner: bookshopSystem.team, until: "2026-12-01" };
const pause = BreakGlass.of({ ...about, autoSync: "off", ticket: "https://tickets.example/BOOK-77" });
const pauseText = `automatic sync is off until 2026-12-01, by ${about.owner.name}: the index is rebuilt by hand (https://tickets.example/BOOK-77)`;

function render(definitions: Definitions, holds?: string): Rendered {
  const file = "environments/dev/holds.yaml";
  return renderRepository({ definitions, pins: bookshopPins, sealed: bookshopSealed, holds: new Map([["dev", readHolds(holds, file)]]) });
}

/** The bookshop with overrides on one of its systems; overlays name a system by reference. */
function overriding(name: string, ...breakGlass: readonly BreakGlass[]): Definitions {
  const [before] = bookshop.systems.filter((system) => system.name === name);
  const after = { ...before!, breakGlass };
  return {
    ...bookshop,
    systems: bookshop.systems.map((system) => (system === before ? after : system)),
    environments: bookshop.environments.map(({ definition, overlays }) => ({
      definition,
      overlays: overlays.map((entry) =>
        "namespaceOf" in entry && entry.namespaceOf === before ? { ...entry, namespaceOf: after } : entry,
      ),
    })),
  };
}

/** What differs from the bookshop without interventions, by its path below the control plane's folder. */
function changed({ manifests, issues }: Rendered): Map<string, Manifest["document"]> {
  expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
  const files = layoutFiles(manifests);
  expect(files.map(({ path }) => path)).toEqual([...quiet.keys()]);
  const paths = new Set(files.filter(({ path, content }) => quiet.get(path) !== content).map(({ path }) => path));
  const differing = manifests.filter((manifest) => paths.has(manifestPath(manifest)));
  return new Map(differing.map((manifest) => [manifestPath(manifest).replace(/(argocd|expanded)\/central\//, "$1/"), manifest.document]));
}

function applicationOf(manifests: readonly Manifest[], name: string): Manifest["document"] | undefined {
  return manifests.map(({ document }) => document).find(({ kind, metadata }) => kind === "Application" && metadata.name === name);
}

function noticeOf(document: Manifest["document"] | undefined): Record<string, string> {
  const entries = Object.entries(document?.metadata.annotations ?? {}).filter(([key]) => key.startsWith("notice."));
  return Object.fromEntries(entries.map(([key, text]) => [key.replace(/.*\//, ""), text]));
}

describe("a break-glass override", () => {
  test("pauses the Applications of a system's services, says so on them, and changes nothing else", () => {
    const files = changed(render(overriding("bookshop", pause)));
    expect([...files.keys()]).toEqual(["catalogue", "storefront"].map((name) => `argocd/dev/applications/bookshop-${name}-dev.yaml`));
    for (const document of files.values()) {
      expect(fieldAt(document, "spec.syncPolicy.automated")).toEqual({ enabled: false, prune: true, selfHeal: true, allowEmpty: false });
      expect(noticeOf(document)).toEqual({
        content: pauseText,
        permanent: "true",
        severity: "critical",
        url: "https://tickets.example/BOOK-77",
      });
    }
  });

  test("of one service leaves the others alone", () => {
    const files = changed(
      render(overriding("bookshop", BreakGlass.of({ ...about, selfHeal: "off", ticket: "BOOK-77", services: [catalogue] }))),
    );
    expect([...files.keys()]).toEqual(["argocd/dev/applications/bookshop-catalogue-dev.yaml"]);
    const [document] = files.values();
    expect(fieldAt(document, "spec.syncPolicy.automated")).toEqual({ prune: true, selfHeal: false, allowEmpty: false });
    expect(noticeOf(document).content).toMatch(/^self-heal is off until 2026-12-01, /);
    expect(noticeOf(document)).not.toHaveProperty("url");
  });

  test("of a system that is one Application pauses that", () => {
    const files = changed(render(overriding("warehouse", pause)));
    expect([...files.keys()]).toEqual(["argocd/dev/applications/warehouse-dev.yaml"]);
  });

  test("of an ApplicationSet's system reaches the Application that the set makes, and no other", () => {
    const files = changed(render(overriding("recommendations", pause)));
    expect([...files.keys()]).toEqual(["argocd/application-set-recommendations.yaml", "expanded/dev/recommendations-dev.yaml"]);
    const application = files.get("expanded/dev/recommendations-dev.yaml");
    expect(fieldAt(application, "spec.syncPolicy.automated")).toEqual({ enabled: false, prune: true, selfHeal: true, allowEmpty: false });
    expect(noticeOf(application)).toMatchObject({ content: pauseText, severity: "critical" });
  });

  test("goes without what the targeted Argo CD does not know", () => {
    const { systems } = resolveSystems(overriding("bookshop", pause), bookshopPins);
    const resolved = systems.find(({ system, environment }) => system.name === "bookshop" && environment === dev)!;
    const [central] = bookshop.controlPlanes;
    const application = (argocdVersion: string): Manifest["document"] | undefined => {
      const place = { repository: bookshop.repository, controlPlane: { ...central!, argocdVersion } };
      return applicationOf(systemApplications(resolved, place), "bookshop-catalogue-dev");
    };
    expect(fieldAt(application("3.4.7"), "spec.syncPolicy.automated.enabled")).toBe(false);
    expect(noticeOf(application("3.4.7"))).toEqual({});
    expect(fieldAt(application("3.0.9"), "spec.syncPolicy")).not.toHaveProperty("automated");
    expect(fieldAt(application("3.0.9"), "spec.syncPolicy")).toHaveProperty("retry");
  });
});

describe("a hold", () => {
  const hold = (target: string, reason = "rolled back"): string =>
    `${target}: { until: 2026-12-01T00:00:00Z, by: alice, reason: "${reason}", ticket: BOOK-78 }\n`;
  const text = (what: string): string => `${what} is held until 2026-12-01T00:00:00Z, by alice: rolled back (BOOK-78)`;

  test("of a service is told on its Application, and changes nothing else", () => {
    const files = changed(render(bookshop, hold("bookshop/catalogue")));
    expect([...files.keys()]).toEqual(["argocd/dev/applications/bookshop-catalogue-dev.yaml"]);
    const [document] = files.values();
    expect(noticeOf(document)).toEqual({ content: text("bookshop/catalogue"), permanent: "true", severity: "warning" });
    expect(fieldAt(document, "spec.syncPolicy.automated")).not.toHaveProperty("enabled");
  });

  test("of an environment is told on every Application with pins, not on namespaces", () => {
    const files = changed(render(bookshop, hold('"*"')));
    expect(new Set(files.keys())).toEqual(
      new Set([
        "argocd/application-set-recommendations.yaml",
        ...["bookshop-catalogue", "bookshop-storefront", "warehouse"].map((name) => `argocd/dev/applications/${name}-dev.yaml`),
        "expanded/dev/recommendations-dev.yaml",
      ]),
    );
    expect(noticeOf(files.get("argocd/dev/applications/warehouse-dev.yaml")).content).toBe(text("the environment"));
  });

  test("of what an Application delivers is told beside those above it, and behind what is broken open", () => {
    const holds = hold('"*"') + hold("warehouse") + hold("warehouse/shipping") + hold("warehouse/stock-report");
    const { interventions, manifests } = render(overriding("warehouse", pause), holds);
    expect(interventions.get("warehouse-dev")?.holds.map(({ target }) => target)).toEqual([
      "*",
      "warehouse",
      "warehouse/stock-report",
      "warehouse/shipping",
    ]);
    const document = applicationOf(manifests, "warehouse-dev");
    expect(noticeOf(document).content).toMatch(/^automatic sync is off .*; the environment is held .*; warehouse is held/);
  });

  test("of what has no pins there is an error on its line", () => {
    const { issues } = render(bookshop, hold("bookshop/catalog") + hold("warehouse/migration") + hold("bookstore"));
    expect(issues.map(({ rule, message, position }) => [rule, message, position?.line])).toEqual([
      ["holds", "the hold of 'bookshop/catalog' in 'dev' is used by nothing", 1],
      ["holds", "the hold of 'warehouse/migration' in 'dev' is used by nothing", 2],
      ["holds", "the hold of 'bookstore' in 'dev' is used by nothing", 3],
    ]);
    expect(issues[0]?.hint).toContain("the nearest that are used: 'bookshop/catalogue'");
  });

  test("that cannot be read is an error of the line", () => {
    const { issues } = render(bookshop, "bookshop: {}\n");
    expect(issues.map(({ message }) => message)).toEqual(
      ["until", "by", "reason"].map((field) => `the hold of 'bookshop' has no '${field}'`),
    );
  });
});
