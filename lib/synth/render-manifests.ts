import { ApiObject, type App } from "cdk8s";
import type { CallSite } from "../definition/source-location.ts";
import { UserError } from "../errors/user-error.ts";
import type { Manifest, Owner } from "../manifest/manifest.ts";
import { normalizeDocument } from "./normalize-document.ts";

/**
 * Stage 3, the seam: an App becomes plain documents. Every construct is validated once and every object rendered once (rendering is not
 * idempotent for some constructs), and the tree can be dropped.
 *
 * @throws UserError with everything that the constructs' own validation found
 */
export function renderManifests(app: App, owner: Owner, source: CallSite | undefined): Manifest[] {
  const nodes = app.node.findAll();
  const errors = nodes.flatMap((construct) => construct.node.validate().map((error) => `[${construct.node.path}] ${error}`));
  if (errors.length > 0) throw new UserError(`the constructs refuse what they were given:\n  ${errors.join("\n  ")}`);
  return nodes
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => ({ owner, document: normalizeDocument(object.toJson()), source }));
}
