import { inventorySystem } from "./inventory-system/system.ts";
import { mlopsSentimentSystem } from "./mlops-sentiment/system.ts";
import { remla } from "./remla/system.ts";
import { shop } from "./shop/system.ts";
import { smsStack } from "./sms-stack/system.ts";

/** The systems that run in environments; what the platform does for each of them starts from this list. */
export const tenants = [inventorySystem, mlopsSentimentSystem, remla, shop, smsStack];
