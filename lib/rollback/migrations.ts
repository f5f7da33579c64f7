import { imageVersion } from "../image/image-version.ts";
import type { Pins } from "../image/pins.ts";
import type { KubernetesObject } from "../manifest/manifest.ts";
import { podImages } from "../manifest/pod-images.ts";
import { podTemplateOf } from "../manifest/pod-spec.ts";
import { isHook } from "../manifest/sync-step.ts";
import type { UnitObject } from "./unit-objects.ts";

/** A Job that ran with images that a rollback takes away. */
export interface Migration {
  /** `Job shop-dev/migration`. */
  readonly object: string;
  /** What it ran with since, oldest first. */
  readonly versions: readonly string[];
  /** Whether a sync runs it again, with the older image. */
  readonly runsAgain: boolean;
}

/** A state that a rollback takes away. */
export interface UndoneState {
  readonly pins: Pins;
  readonly objects: ReadonlyMap<string, UnitObject>;
}

/**
 * The Jobs that ran with pins which go away: what they did to a schema or to data stays.
 *
 * @param undone - oldest first; the last one is the present
 * @param target - the pins to go back to
 */
export function migrationsSince(undone: readonly UndoneState[], target: Pins): Migration[] {
  const kept = new Set([...target.values()].map(String));
  const found = new Map<string, { readonly object: string; readonly versions: Set<string>; runsAgain: boolean }>();
  for (const { pins, objects } of undone) {
    const taken = new Map([...pins.values()].map((reference) => [reference.toString(), imageVersion(reference)]));
    for (const { document, name } of objects.values()) {
      const versions = imagesOf(document).flatMap((image) => (kept.has(image) ? [] : (taken.get(image) ?? [])));
      if (versions.length === 0) continue;
      const known = found.get(name) ?? { object: name, versions: new Set(), runsAgain: false };
      for (const version of versions) known.versions.add(version);
      known.runsAgain = isHook(document);
      found.set(name, known);
    }
  }
  return [...found.values()].map(({ object, versions, runsAgain }) => ({ object, versions: [...versions], runsAgain }));
}

function imagesOf(document: KubernetesObject): readonly string[] {
  const template = document.kind === "Job" ? podTemplateOf(document) : undefined;
  return template === undefined ? [] : podImages(template.spec);
}
