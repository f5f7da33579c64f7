import { nearestNames } from "../../errors/nearest-names.ts";
import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import type { Labels } from "../../manifest/label-selector.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeOf } from "../../manifest/repository-facts.ts";
import { servicePorts } from "../../manifest/service-port.ts";
import { virtualRoutes, type DestinationDocument, type VirtualRoute, type VirtualServiceSpec } from "../../manifest/virtual-service.ts";
import { asWarning } from "../as-warning.ts";
import { portList } from "../ports/port-list.ts";
import { MeshHosts, type DestinationRuleSpec, type Subset } from "../routes/mesh-hosts.ts";
import type { Finding, Rule } from "../rule.ts";
import { MissingPods } from "../selectors/missing-pods.ts";

/** Requests to a host, port or subset that is not there are answered with 503 by the caller's own sidecar. */
export const subsetExists: Rule = {
  id: "subset-exists",
  severity: "error",
  subject: "references",
  title: "Every host, port and subset that Istio routes to exists, and the weights of a route add up to 100.",
  reason: "Requests to a host, port or subset that is not there are answered with 503 by the caller's own sidecar.",
  fix: "Mend the host, the subset or its labels, or the weights.",
  needs: "manifests",
  check(facts) {
    const hosts = new MeshHosts(facts);
    const pods = new MissingPods(facts);
    return [
      ...facts.ofKind("networking.istio.io/DestinationRule").flatMap((rule) => ruleFindings(pods, hosts, rule)),
      ...facts.ofKind("networking.istio.io/VirtualService").flatMap((service) => routeFindings(hosts, service)),
    ];
  },
};

function ruleFindings(pods: MissingPods, hosts: MeshHosts, rule: Manifest): Finding[] {
  const { host, subsets } = fieldsOf(rule.document.spec as DestinationRuleSpec | undefined);
  if (typeof host !== "string") return [];
  const { service, finding } = hosts.judge(rule, host, "is for");
  if (finding !== undefined) return [finding];
  if (service === undefined) return [];
  return entriesOf(subsets).flatMap((subset) => subsetFinding(pods, rule, subset, service) ?? []);
}

/** A subset is what its labels take of the Pods of the Service; without a selector somebody else keeps the endpoints. */
function subsetFinding(pods: MissingPods, rule: Manifest, { name = "", labels }: Subset, service: Manifest): Finding | undefined {
  const { selector } = fieldsOf(service.document.spec as { readonly selector?: Labels } | undefined);
  if (selector === undefined) return undefined;
  const matchLabels = { ...selector, ...labels };
  return pods.findingOf(
    rule,
    [placeOf(service)],
    { matchLabels },
    () => `${objectName(rule.document)} makes subset '${name}' of Pods that no workload makes`,
  );
}

function routeFindings(hosts: MeshHosts, virtualService: Manifest): Finding[] {
  // by message, since the routes of a host mostly lead to the same places
  const findings = new Map<string, Finding>();
  for (const route of virtualRoutes(fieldsOf(virtualService.document.spec as VirtualServiceSpec | undefined))) {
    const found = [
      ...destinationsOf(route).map((destination) => destinationFinding(hosts, virtualService, destination)),
      weightFinding(virtualService, route),
    ];
    for (const finding of found) if (finding !== undefined) findings.set(finding.message, finding);
  }
  return [...findings.values()];
}

function destinationsOf({ route, mirror, mirrors }: VirtualRoute): DestinationDocument[] {
  return [...entriesOf(route), { destination: mirror }, ...entriesOf(mirrors)].map(({ destination }) => fieldsOf(destination));
}

function destinationFinding(hosts: MeshHosts, manifest: Manifest, { host, subset, port }: DestinationDocument): Finding | undefined {
  if (typeof host !== "string") return undefined;
  const { full, service, finding } = hosts.judge(manifest, host, "routes to");
  if (finding !== undefined) return finding;
  if (service === undefined) return undefined;
  const says = `${objectName(manifest.document)} routes to`;
  const { name } = service.document.metadata;
  const subsets = hosts.subsetsOf(manifest, full);
  if (subset !== undefined && !subsets.has(subset)) {
    const hint = subsets.size === 0 ? "render a DestinationRule with it" : `its subsets are: ${nearestNames(subset, subsets)}`;
    return { message: `${says} subset '${subset}' of Service '${name}', which no DestinationRule makes`, hint, manifest };
  }
  const ports = servicePorts(service.document);
  const number = port?.number;
  if (number === undefined ? ports.length < 2 : ports.some((known) => known.port === number)) return undefined;
  const hint = portList(
    `Service '${name}' has`,
    ports.map((known) => ({ ...known, number: known.port })),
  );
  const message =
    number === undefined
      ? `${says} Service '${name}' without saying which port`
      : `${says} port ${number} of Service '${name}', which has no such port`;
  return { message, hint, manifest };
}

function weightFinding(manifest: Manifest, { route }: VirtualRoute): Finding | undefined {
  const destinations = entriesOf(route);
  if (destinations.length < 2) return undefined;
  const sum = destinations.reduce((total, { weight = 0 }) => total + weight, 0);
  if (sum === 100) return undefined;
  const weights = destinations.map(({ weight = 0 }) => weight).join(" + ");
  const finding = {
    message: `the weights of a route of ${objectName(manifest.document)} add up to ${sum}, got ${weights}`,
    hint: "give every destination its percentage: they add up to 100",
    manifest,
  };
  // Istio takes weights as shares of their sum, whatever it is; of none at all there are no shares
  return sum === 0 ? finding : asWarning(finding);
}
