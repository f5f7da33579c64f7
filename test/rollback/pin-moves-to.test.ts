import { expect, test } from "@jest/globals";
import { ImageReference } from "../../lib/image/image-reference.ts";
import { movesTo } from "../../lib/rollback/pin-moves-to.ts";

const [stable, canary, proxy] = ["shop/orders", "shop/orders@canary", "shop/orders:proxy"];
const pins = (entries: Readonly<Record<string, string>>): Map<string, ImageReference> =>
  new Map(Object.entries(entries).map(([key, text]) => [key, ImageReference.parse(`ghcr.io/acme/${text}`)]));

test("moves what differs, in the order of keys; what came later stays, what is gone is left out", () => {
  const { moves, goOn, kept, leftOut } = movesTo(
    pins({ [stable]: "orders:v1", "shop/orders:old": "old:1", [proxy]: "proxy:1" }),
    pins({ [canary]: "orders:v3", [stable]: "orders:v2", [proxy]: "proxy:1" }),
  );
  expect(moves.map(({ key, from, to }) => [key, from.tag, to.tag])).toEqual([[stable, "v2", "v1"]]);
  expect({ goOn, kept, leftOut }).toEqual({ goOn: [], kept: [canary], leftOut: ["shop/orders:old"] });
});

test("a canary whose version was made the stable one goes on with it, and is named", () => {
  const then = pins({ [stable]: "orders:v1", [canary]: "orders:v2", [proxy]: "proxy:1" });
  const now = pins({ [stable]: "orders:v2", [canary]: "orders:v2", [proxy]: "proxy:1" });
  expect(movesTo(then, now).goOn).toEqual([canary]);
  expect(movesTo(now, then).goOn).toEqual([]);
});
