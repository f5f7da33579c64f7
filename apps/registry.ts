import { inventorySystem } from "./inventory-system/system.ts";
import { mlopsSentimentSystem } from "./mlops-sentiment/system.ts";
import { platform } from "./platform/system.ts";
import { remla } from "./remla/system.ts";
import { shop } from "./shop/system.ts";
import { smsStack } from "./sms-stack/system.ts";

/** Every system; what is not listed is not rendered. */
export const systems = [inventorySystem, mlopsSentimentSystem, remla, shop, smsStack];

/** Systems whose scope is a cluster instead of an environment. */
export const clusterSystems = [platform];
