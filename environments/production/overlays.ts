import { inventoryService } from "../../apps/inventory-system/inventory-service.ts";
import { productService } from "../../apps/inventory-system/product-service.ts";
import { userService } from "../../apps/inventory-system/user-service.ts";
import { mlopsSentiment } from "../../apps/mlops-sentiment/mlops-sentiment.ts";
import { app } from "../../apps/remla/app.ts";
import { modelService as remlaModelService } from "../../apps/remla/model-service.ts";
import { frontend } from "../../apps/shop/frontend.ts";
import { orderService } from "../../apps/shop/order-service.ts";
import { appService } from "../../apps/sms-stack/app-service.ts";
import { modelService as smsModelService } from "../../apps/sms-stack/model-service.ts";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { overlay } from "../../lib/definition/overlay.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { AntiAffinity } from "../../lib/workload/scheduling.ts";

const orderDatabase = "10.30.0.5";

/** Survives the loss of a node: the Pods lie apart, and a drain takes one at a time. */
const resilient = {
  disruptionBudget: DisruptionBudget.maxUnavailable(1),
  podAntiAffinity: AntiAffinity.preferred("kubernetes.io/hostname"),
};

export const overlays = [
  overlay([frontend, orderService], {
    ...resilient,
    autoscaling: { minReplicas: 3, maxReplicas: 10 },
    resources: { requests: { cpu: "250m", memory: "256Mi" } },
  }),
  overlay(orderService, {
    config: { DATABASE_HOST: orderDatabase },
    egress: { database: { to: NetworkPeer.ipBlock(`${orderDatabase}/32`), ports: [5432] } },
  }),
  overlay([userService, productService, inventoryService], { ...resilient, replicas: 3 }),
  overlay(mlopsSentiment, { ...resilient, replicas: 3 }),
  overlay([app, remlaModelService], { ...resilient, replicas: 3 }),
  overlay(app, { gateway: { credentialName: "remla-production-tls" } }),
  overlay([appService, smsModelService], { ...resilient, replicas: 3 }),
];
