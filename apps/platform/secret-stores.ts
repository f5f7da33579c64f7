import { dev, devSecretStore } from "../../environments/dev/environment.ts";
import { production, productionSecretStore } from "../../environments/production/environment.ts";
import { staging, stagingSecretStore } from "../../environments/staging/environment.ts";
import { namespaceOf } from "../../lib/definition/namespace-of.ts";
import { defineService } from "../../lib/definition/service.ts";
import { ClusterSecretStores } from "../../lib/secrets/cluster-secret-store.ts";
import { inventorySystem } from "../inventory-system/system.ts";
import { mlopsSentimentSystem } from "../mlops-sentiment/system.ts";
import { shop } from "../shop/system.ts";

/** Where secrets come from, and who may read there: only the namespaces that need it. */
export const secretStores = defineService({
  name: "secret-stores",
  construct: ClusterSecretStores,
  props: {
    stores: [
      { store: devSecretStore, namespaces: [mlopsSentimentSystem, shop].map((system) => namespaceOf(system, dev)) },
      {
        store: stagingSecretStore,
        namespaces: [inventorySystem, mlopsSentimentSystem, shop].map((system) => namespaceOf(system, staging)),
      },
      {
        store: productionSecretStore,
        namespaces: [inventorySystem, mlopsSentimentSystem, shop].map((system) => namespaceOf(system, production)),
      },
    ],
  },
});
