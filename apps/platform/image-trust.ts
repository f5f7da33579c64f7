import { TrustPolicyAdmission } from "../../lib/admission/trust-policy-admission.ts";
import { trustedNamespaces } from "../../lib/admission/trusted-namespaces.ts";
import { defineService } from "../../lib/definition/service.ts";
import { tenants } from "../tenants.ts";

/** Which images may run in the namespaces of systems; what is trusted stands in `environments/trust.ts`. */
export const imageTrust = defineService({
  name: "image-trust",
  construct: TrustPolicyAdmission,
  props: { namespaces: trustedNamespaces(tenants) },
});
