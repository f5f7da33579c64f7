import { describe, expect, test } from "@jest/globals";
import { IngressClass } from "../../lib/definition/ingress-class.ts";
import { HttpIngress } from "../../lib/traffic/ingress.ts";
import type { HttpIngressProps } from "../../lib/traffic/ingress.ts";
import { Tls } from "../../lib/traffic/tls.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();
const props: HttpIngressProps = {
  name: "catalogue",
  class: IngressClass.named("nginx"),
  host: "catalogue.dev.bookshop.example",
  serviceName: "catalogue",
  portName: "http",
};

function render(ingress: HttpIngressProps) {
  return renderOne((scope) => new HttpIngress(scope, "ingress", { context, ...ingress }));
}

describe("HttpIngress", () => {
  test("leads the whole host to the Service, without TLS", () => {
    expect(render(props)).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: context.labels },
      spec: {
        ingressClassName: "nginx",
        rules: [
          {
            host: "catalogue.dev.bookshop.example",
            http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "catalogue", port: { name: "http" } } } }] },
          },
        ],
      },
    });
  });

  test("names its class in one place only: GKE's controller ignores an Ingress whose spec names one", () => {
    const annotated = render({ ...props, class: IngressClass.annotated("gce") });
    expect(annotated.metadata.annotations).toEqual({ "kubernetes.io/ingress.class": "gce" });
    expect(annotated.spec).not.toHaveProperty("ingressClassName");
    const named = render({ ...props, class: IngressClass.named("nginx") });
    expect(named.metadata).not.toHaveProperty("annotations");
    expect(named.spec).toHaveProperty("ingressClassName", "nginx");
  });

  test("every prop reaches the manifest", () => {
    const every: Required<HttpIngressProps> = {
      name: "shelves",
      class: IngressClass.annotated("gce"),
      host: "shelves.bookshop.example",
      paths: ["/shelves", "/covers"],
      serviceName: "shelf-service",
      portName: "web",
      tls: Tls.secret("bookshop-wildcard"),
      annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "1m" },
    };
    const backend = { service: { name: "shelf-service", port: { name: "web" } } };
    expect(render(every)).toMatchObject({
      metadata: {
        name: "shelves",
        annotations: { "kubernetes.io/ingress.class": "gce", "nginx.ingress.kubernetes.io/proxy-body-size": "1m" },
      },
      spec: {
        tls: [{ hosts: ["shelves.bookshop.example"], secretName: "bookshop-wildcard" }],
        rules: [
          {
            host: "shelves.bookshop.example",
            http: {
              paths: [
                { path: "/shelves", pathType: "Prefix", backend },
                { path: "/covers", pathType: "Prefix", backend },
              ],
            },
          },
        ],
      },
    });
  });

  test("asks cert-manager for the certificate, beside other annotations", () => {
    const object = render({ ...props, tls: Tls.issuedBy("letsencrypt"), annotations: { owner: "shop-team" } });
    expect(object.metadata.annotations).toEqual({ owner: "shop-team", "cert-manager.io/cluster-issuer": "letsencrypt" });
    expect(object.spec).toHaveProperty("tls", [{ hosts: ["catalogue.dev.bookshop.example"], secretName: "catalogue-tls" }]);
  });

  test("fails without a path", () => {
    expect(caught(() => render({ ...props, paths: [] }))).toBe("ingress 'catalogue' has no path\nhint: leave paths out for '/'");
  });

  test("fails for a path that does not start with a slash", () => {
    expect(caught(() => render({ ...props, paths: ["/", "covers"] }))).toBe(
      "the path 'covers' of ingress 'catalogue' does not start with '/'",
    );
  });
});
