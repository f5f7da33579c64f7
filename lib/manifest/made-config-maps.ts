import { MadeObjects } from "./made-objects.ts";
import { placeOf, type RepositoryFacts } from "./repository-facts.ts";

/** The ConfigMaps of every place. */
export function madeConfigMaps(facts: RepositoryFacts): MadeObjects {
  const made = new MadeObjects();
  for (const manifest of facts.ofKind("ConfigMap")) {
    const { data = {}, binaryData = {} } = manifest.document as { readonly data?: object; readonly binaryData?: object };
    made.add(placeOf(manifest), manifest.document.metadata.name, [...Object.keys(data), ...Object.keys(binaryData)]);
  }
  return made;
}
