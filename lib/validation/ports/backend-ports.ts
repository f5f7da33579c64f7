import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
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

interface HttpRouteSpec {
  readonly rules?: readonly { readonly backendRefs?: readonly BackendReference[] }[];
}

interface BackendReference {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

/** Ingresses and HTTPRoutes that lead to a Service, or to a port of one, that there is not. */
export function findBackendPorts(facts: RepositoryFacts): Finding[] {
  return [
    ...facts.ofKind("networking.k8s.io/Ingress").flatMap((ingress) => findingsOf(facts, ingress, ingressBackends(ingress))),
    ...facts.ofKind("gateway.networking.k8s.io/HTTPRoute").flatMap((route) => findingsOf(facts, route, routeBackends(route))),
  ];
}

function ingressBackends({ document }: Manifest): Backend[] {
  const { defaultBackend, rules = [] } = (document.spec ?? {}) as IngressSpec;
  const backends: Backend[] = [];
  const add = (backend: IngressBackend | undefined): void => {
    if (backend?.service === undefined) return;
    const { name, port } = backend.service;
    backends.push({ service: name, namespace: document.metadata.namespace, port: port?.name ?? port?.number });
  };
  add(defaultBackend);
  for (const { http } of rules) for (const { backend } of http?.paths ?? []) add(backend);
  return backends;
}

function routeBackends({ document }: Manifest): Backend[] {
  const { rules = [] } = (document.spec ?? {}) as HttpRouteSpec;
  return rules
    .flatMap(({ backendRefs }) => backendRefs ?? [])
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
