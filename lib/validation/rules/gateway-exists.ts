import { textsOf } from "../../manifest/entries-of.ts";
import { fieldsOf } from "../../manifest/fields-of.ts";
import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { placeIn, type RepositoryFacts } from "../../manifest/repository-facts.ts";
import { matchedGateways, type VirtualServiceSpec } from "../../manifest/virtual-service.ts";
import { missingHint } from "../missing-hint.ts";
import { findRouteParents } from "../routes/route-parents.ts";
import type { Finding, Rule } from "../rule.ts";

/** A Gateway of Istio, as a VirtualService names it. */
interface GatewayName {
  readonly namespace: string;
  readonly name: string;
}

/** Istio's word for every sidecar: no Gateway. */
const mesh = "mesh";

/** A route whose Gateway is not there is accepted, and answers nobody. */
export const gatewayExists: Rule = {
  id: "gateway-exists",
  severity: "error",
  subject: "references",
  title: "Every Gateway, listener and Service that a route hangs on exists and lets it in.",
  reason: "A route whose Gateway or listener is not there is accepted, and answers nobody.",
  fix: "Mend the name, or render the Gateway or listener.",
  needs: "manifests",
  check: (facts) => [
    ...facts.ofKind("networking.istio.io/VirtualService").flatMap((service) => missingGateways(facts, service)),
    ...findRouteParents(facts),
  ],
};

function missingGateways(facts: RepositoryFacts, virtualService: Manifest): Finding[] {
  const spec = fieldsOf(virtualService.document.spec as VirtualServiceSpec | undefined);
  const kind = "networking.istio.io/Gateway";
  const findings: Finding[] = [];
  for (const written of new Set([...textsOf(spec.gateways), ...matchedGateways(spec)])) {
    if (written === mesh) continue;
    const { namespace, name } = gatewayName(written, virtualService.document.metadata.namespace ?? "");
    const place = placeIn(virtualService.owner, namespace);
    if (!facts.declares(place) || facts.find(place, kind, name) !== undefined) continue;
    findings.push({
      message: `${objectName(virtualService.document)} is for Gateway '${written}', which nothing makes in '${namespace}'`,
      hint: missingHint("write it as <namespace>/<name> where it is in another namespace", name, facts.namesIn(place, kind)),
      manifest: virtualService,
    });
  }
  return findings;
}

/** `name`, `namespace/name`, `./name`, or the older `name.namespace…`. @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService */
function gatewayName(written: string, own: string): GatewayName {
  const slash = written.indexOf("/");
  if (slash >= 0) {
    const namespace = written.slice(0, slash);
    return { namespace: namespace === "." ? own : namespace, name: written.slice(slash + 1) };
  }
  const [name = "", namespace = own] = written.split(".");
  return { namespace, name };
}
