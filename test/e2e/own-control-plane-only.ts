import { describe } from "@jest/globals";
import { externalKubeconfig } from "./control-plane/external-cluster.ts";

/** `describe` for scenarios that end processes, need definitions or make settings of Argo CD: skipped in somebody else's cluster. */
export const ownControlPlaneOnly = externalKubeconfig() === undefined ? describe : describe.skip;
