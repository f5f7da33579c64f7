import { entriesOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, placeOf, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { servicePorts } from "../../manifest/service-port.ts";
import { missingHint } from "../missing-hint.ts";
import type { Finding } from "../rule.ts";
import { portList, portName } from "./port-list.ts";

/** A Service and port that requests are led to. */
interface Backend {
  readonly service: string;
  readonly namespace: string | undefined;
  readonly port: string | number | undefined;
}

interface IngressBackend {
  readonly service?: { readonly name: string; readonly port?: { readonly name?: string; readonly number?: number } };
}

interface IngressSpec {
  readonly defaultBackend?: IngressBackend;
  readonly rules?: readonly { readonly http?: { readonly paths?: readonly { readonly backend: IngressBackend }[] } }[];
}

interface RouteSpec {
  readonly rules?: readonly {
    readonly backendRefs?: readonly BackendReference[];
    readonly filters?: readonly { readonly requestMirror?: { readonly backendRef?: BackendReference } }[];
  }[];
}

/** @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/ */
interface GrantSpec {
  readonly from?: readonly { readonly kind?: string; readonly namespace?: string }[];
  readonly to?: readonly { readonly kind?: string; readonly name?: string }[];
}

interface BackendReference {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

const gatewayGroup = "gateway.networking.k8s.io";
const routeKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

/** Ingresses and routes of the Gateway API that lead to a Service, or to a port of one, that there is not, or that is not theirs to lead to. */
export function findBackendPorts(facts: RepositoryFacts): Finding[] {
  return [
    ...facts.ofKind("networking.k8s.io/Ingress").flatMap((ingress) => findingsOf(facts, ingress, ingressBackends(ingress))),
    ...routeKinds
      .flatMap((kind) => facts.ofKind(`${gatewayGroup}/${kind}`))
      .flatMap((route) => {
        const backends = routeBackends(route);
        return [...findingsOf(facts, route, backends), ...ungranted(facts, route, backends)];
      }),
  ];
}

function ingressBackends({ document }: Manifest): Backend[] {
  const { defaultBackend, rules } = fieldsOf(document.spec as IngressSpec);
  const backends: Backend[] = [];
  const add = (backend: IngressBackend | undefined): void => {
    if (backend?.service === undefined) return;
    const { name, port } = backend.service;
    backends.push({ service: name, namespace: document.metadata.namespace, port: port?.name ?? port?.number });
  };
  add(defaultBackend);
  for (const { http } of entriesOf(rules)) for (const { backend } of entriesOf(http?.paths)) add(backend);
  return backends;
}

function routeBackends({ document }: Manifest): Backend[] {
  const { rules } = fieldsOf(document.spec as RouteSpec);
  return entriesOf(rules)
    .flatMap(({ backendRefs, filters }) => [
      ...entriesOf(backendRefs),
      ...entriesOf(filters).flatMap(({ requestMirror }) => requestMirror?.backendRef ?? []),
    ])
    .filter(({ group = "", kind = "Service" }) => group === "" && kind === "Service")
    .map(({ name, namespace = document.metadata.namespace, port }) => ({ service: name, namespace, port }));
}

function findingsOf(facts: RepositoryFacts, manifest: Manifest, backends: readonly Backend[]): Finding[] {
  // by message, since the paths of a host often lead to one Service
  const findings = new Map<string, Finding>();
  for (const { service, namespace, port } of backends) {
    const place = placeIn(manifest.owner, namespace);
    if (!facts.declares(place)) continue;
    const found = facts.find(place, "Service", service);
    if (found === undefined) {
      const message = `${objectName(manifest.document)} leads to Service '${service}', which nothing makes in '${namespace ?? ""}'`;
      findings.set(message, {
        message,
        hint: missingHint("give it a service that serves a port", service, facts.namesIn(place, "Service")),
        manifest,
      });
    } else {
      const ports = servicePorts(found.document);
      if (port !== undefined && ports.some((known) => known.name === port || known.port === port)) continue;
      const message = `${objectName(manifest.document)} leads to port ${portName(port)} of Service '${service}', which has no such port`;
      const hint = portList(
        `Service '${service}' has`,
        ports.map((known) => ({ ...known, number: known.port })),
      );
      findings.set(message, { message, hint, manifest });
    }
  }
  return [...findings.values()];
}

/** Services of other namespaces, which must say themselves who may lead to them: the Gateway answers 500 in their stead. */
function ungranted(facts: RepositoryFacts, route: Manifest, backends: readonly Backend[]): Finding[] {
  const { kind, metadata } = route.document;
  const findings = new Map<string, Finding>();
  for (const { service, namespace } of backends) {
    const place = placeIn(route.owner, namespace);
    if (namespace === metadata.namespace || facts.find(place, "Service", service) === undefined || !facts.declares(place)) continue;
    const granted = facts.ofKind(`${gatewayGroup}/ReferenceGrant`).some((grant) => {
      const { from, to } = fieldsOf(grant.document.spec as GrantSpec | undefined);
      return (
        placeOf(grant) === place &&
        entriesOf(from).some((entry) => entry.kind === kind && entry.namespace === metadata.namespace) &&
        entriesOf(to).some((entry) => entry.kind === "Service" && (entry.name ?? service) === service)
      );
    });
    if (granted) continue;
    const message = `${objectName(route.document)} leads to Service '${service}' of '${namespace ?? ""}', which no ReferenceGrant there lets it do`;
    const hint = `render a ReferenceGrant in '${namespace ?? ""}': from ${kind} of '${metadata.namespace ?? ""}' to Service`;
    findings.set(message, { message, hint, manifest: route });
  }
  return [...findings.values()];
}
