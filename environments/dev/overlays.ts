import { app } from "../../apps/remla/app.ts";
import { frontend } from "../../apps/shop/frontend.ts";
import { orderService } from "../../apps/shop/order-service.ts";
import { NetworkPeer } from "../../lib/definition/network-peer.ts";
import { overlay } from "../../lib/definition/overlay.ts";

const orderDatabase = "10.10.0.5";

export const overlays = [
  overlay([frontend, orderService], {
    autoscaling: { minReplicas: 1, maxReplicas: 3 },
    resources: { requests: { cpu: "50m", memory: "64Mi" } },
  }),
  overlay(orderService, {
    config: { DATABASE_HOST: orderDatabase },
    egress: { database: { to: NetworkPeer.ipBlock(`${orderDatabase}/32`), ports: [5432] } },
  }),
  overlay(app, { gateway: { credentialName: "remla-dev-tls" } }),
];
