import { objectName, type Manifest } from "../../manifest/manifest.ts";
import { podImages } from "../../manifest/pod-images.ts";
import type { RepositoryFacts } from "../../manifest/repository-facts.ts";
import { firstStepOf, isHook } from "../../manifest/sync-step.ts";
import type { Delivery } from "../../manifest/deliveries.ts";
import type { Finding, Rule } from "../rule.ts";

/** A new image of a hook alone never runs: hooks make no Application OutOfSync. */
export const hookImageShared: Rule = {
  id: "hook-image-shared",
  severity: "warning",
  subject: "argocd",
  title: "Every image that a PreSync or Sync hook runs is run by something of its Application that is no hook.",
  reason:
    "Hooks do not count in the comparison: a commit that moves only the image of a hook makes no Application OutOfSync, and the hook does not run.",
  fix: "Run the hook from an image of the services that it belongs to, so that both move together.",
  needs: "definitions",
  check: findHookImages,
};

/** What hooks run, by the Application that they belong to. */
type HookImages = ReadonlyMap<Delivery, readonly (readonly [hook: Manifest, image: string])[]>;

function findHookImages(facts: RepositoryFacts): Finding[] {
  const hooks = hookImages(facts);
  const others = otherImages(facts, hooks);
  return [...hooks].flatMap(([delivery, run]) =>
    run
      .filter(([, image]) => others.get(delivery)?.has(image) !== true)
      .map(([manifest, image]) => ({
        message: `${objectName(manifest.document)} is a hook, and runs '${image}', which nothing else of ${objectName(delivery.application.document)} runs`,
        hint: "run it from an image of the services that it belongs to: a new image of the hook alone starts no sync",
        manifest,
      })),
  );
}

function hookImages(facts: RepositoryFacts): HookImages {
  const hooks = new Map<Delivery, (readonly [Manifest, string])[]>();
  for (const { manifest, template } of facts.workloads) {
    if (!isHook(manifest.document)) continue;
    const delivery = facts.deliveries?.of(manifest);
    const phase = firstStepOf(manifest.document)?.phase;
    // what runs afterwards tests or reports: it is early enough with the next sync
    if (delivery === undefined || (phase !== "PreSync" && phase !== "Sync")) continue;
    const images = podImages(template.spec).map((image) => [manifest, image] as const);
    hooks.set(delivery, [...(hooks.get(delivery) ?? []), ...images]);
  }
  return hooks;
}

/** What else Applications with hooks run. */
function otherImages(facts: RepositoryFacts, hooks: HookImages): ReadonlyMap<Delivery, ReadonlySet<string>> {
  const others = new Map<Delivery, Set<string>>([...hooks.keys()].map((delivery) => [delivery, new Set()]));
  if (others.size === 0) return others;
  for (const { manifest, template } of facts.workloads) {
    const delivery = isHook(manifest.document) ? undefined : facts.deliveries?.of(manifest);
    const known = delivery && others.get(delivery);
    if (known !== undefined) for (const image of podImages(template.spec)) known.add(image);
  }
  return others;
}
