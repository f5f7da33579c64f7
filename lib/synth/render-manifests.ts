import { ApiObject, type App } from "cdk8s";
import { secretLeaves, SecretValue } from "../definition/secret-value.ts";
import type { CallSite } from "../definition/source-location.ts";
import { UserError } from "../errors/user-error.ts";
import type { Manifest, Owner } from "../manifest/manifest.ts";
import { ownerName } from "../manifest/owner-name.ts";
import { normalizeDocument } from "./normalize-document.ts";

/**
 * Stage 3, the seam: an App becomes plain documents. Every construct is validated once and every object rendered once (rendering is not
 * idempotent for some constructs), and the tree can be dropped.
 *
 * @throws UserError with everything that the constructs' own validation found, or when a secret value is in an object
 */
export function renderManifests(app: App, owner: Owner, source: CallSite | undefined): Manifest[] {
  const nodes = app.node.findAll();
  const errors = nodes.flatMap((construct) => construct.node.validate().map((error) => `[${construct.node.path}] ${error}`));
  if (errors.length > 0) throw new UserError(`the constructs refuse what they were given:\n  ${errors.join("\n  ")}`);
  return nodes
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => ({ owner, document: normalizeDocument(toJson(object, owner, source)), source }));
}

/** cdk8s refuses every instance of a class, but its message is of no use to whoever let a secret in. */
function toJson(object: ApiObject, owner: Owner, source: CallSite | undefined): unknown {
  try {
    return object.toJson();
  } catch (error) {
    if (!(error instanceof Error && error.message.endsWith(`of type '${SecretValue.name}'`))) throw error;
    throw secretLeaves(`be rendered in ${object.kind} '${object.name}' of ${ownerName(owner)}`, source);
  }
}
