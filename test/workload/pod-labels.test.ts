import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { matchesLabels } from "../../lib/manifest/label-selector.ts";
import { podLabels, selectorLabels } from "../../lib/workload/pod-labels.ts";
import { bookshopContext } from "../support/unit-context.ts";

const tracks = ["stable", "canary"] as const;
const labels = {
  "app.kubernetes.io/name": "catalogue",
  "app.kubernetes.io/part-of": "bookshop",
  "app.kubernetes.io/managed-by": "keelson",
  "keelson.dev/environment": "dev",
  "keelson.dev/team": "catalogue-team",
};

describe("selectorLabels", () => {
  test("are the name and the track, stable from the start", () => {
    expect(selectorLabels("catalogue")).toEqual({ "app.kubernetes.io/name": "catalogue", "keelson.dev/track": "stable" });
  });
});

describe("podLabels", () => {
  test("are the selector's, and of the unit's what does not change over its life", () => {
    expect(podLabels(bookshopContext({ labels }), "catalogue", "canary")).toEqual({
      "app.kubernetes.io/name": "catalogue",
      "app.kubernetes.io/part-of": "bookshop",
      "keelson.dev/environment": "dev",
      "keelson.dev/track": "canary",
    });
  });

  test("any labels of the author beside them: each selector takes its own track and no other", () => {
    const key = fc.constantFrom("shelf", "version", ...Object.keys(labels), "keelson.dev/track");
    fc.assert(
      fc.property(fc.dictionary(key, fc.constantFrom("poetry", "canary", "stable")), fc.constantFrom(...tracks), (extra, track) => {
        const found = podLabels(bookshopContext({ labels }), "catalogue", track, extra);
        const taken = tracks.filter((other) => matchesLabels({ matchLabels: selectorLabels("catalogue", other) }, found));
        expect(taken).toEqual([track]);
        if (extra.shelf !== undefined) expect(found.shelf).toBe(extra.shelf);
      }),
    );
  });
});
