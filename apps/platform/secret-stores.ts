import { dev, devSecretStore } from "../../environments/dev/environment.ts";
import { production, productionSecretStore } from "../../environments/production/environment.ts";
import { staging, stagingSecretStore } from "../../environments/staging/environment.ts";
import { defineService } from "../../lib/definition/service.ts";
import { ClusterSecretStores } from "../../lib/secrets/cluster-secret-store.ts";
import { servedSecretStores } from "../../lib/secrets/served-secret-stores.ts";
import { tenants } from "../tenants.ts";

/** Where secrets come from; each store admits the namespaces of the systems that declare external secrets, and no other. */
export const secretStores = defineService({
  name: "secret-stores",
  construct: ClusterSecretStores,
  props: {
    stores: servedSecretStores(
      [
        { environment: dev, store: devSecretStore },
        { environment: staging, store: stagingSecretStore },
        { environment: production, store: productionSecretStore },
      ],
      tenants,
    ),
  },
});
