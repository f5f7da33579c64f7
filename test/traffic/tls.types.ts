import type { HttpIngressProps } from "../../lib/traffic/ingress.ts";
import { Tls } from "../../lib/traffic/tls.ts";

export const byReference: HttpIngressProps["tls"] = Tls.secret("bookshop-wildcard");

// @ts-expect-error: TLS is a value, so that an overlay replaces it whole
export const plain: HttpIngressProps["tls"] = { secretName: "bookshop-wildcard", clusterIssuer: undefined };
