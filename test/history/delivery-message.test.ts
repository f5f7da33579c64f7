import { describe, expect, test } from "@jest/globals";
import { commitText } from "../../lib/history/commit-message.ts";
import { type DeliveredMove, type Delivery, deliveryMessage } from "../../lib/history/delivery-message.ts";
import { trailer } from "../../lib/history/trailers.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";

const image = (tag: string, name = "app"): ImageReference =>
  ImageReference.parse(`ghcr.io/acme/${name}${tag.startsWith("@") ? "" : ":"}${tag}`);
const move = (key: string, tag: string, sourceCommit?: string): DeliveredMove => ({
  key,
  from: image("v1.0.0"),
  to: image(tag),
  sourceCommit,
});
const message = (moves: readonly DeliveredMove[], more: Partial<Delivery> = {}): ReturnType<typeof deliveryMessage> =>
  deliveryMessage({ action: "deploy", environment: "dev", moves, attribution: {}, ...more });
const sources = (moves: readonly DeliveredMove[]): string[] =>
  message(moves)
    .trailers.filter(([key]) => key === trailer.sourceCommit)
    .map(([, value]) => value);
const [commit, other] = ["0".repeat(40), "1".repeat(40)];

test("one pin: subject and trailers, without a body", () => {
  const told = deliveryMessage({
    action: "promote",
    environment: "staging",
    moves: [{ key: "shop/order-service", from: image("sha-abc1234"), to: image("sha-def5678"), sourceCommit: commit }],
    attribution: {
      actor: "alice",
      run: "https://ci.example/runs/7",
      refs: ["SHOP-1", "SHOP-2"],
      breakingChange: "orders need\na customer",
    },
    more: [[trailer.promotedFrom, "dev"]],
  });
  expect(commitText(told)).toBe(
    `promote: order-service def5678 to staging

Environment: staging
Services: shop/order-service
Source-Commit: ${commit}
Promoted-From: dev
Run: https://ci.example/runs/7
Actor: alice
Refs: SHOP-1
Refs: SHOP-2
Breaking-Change: orders need a customer
`,
  );
});

test("what somebody gave is one line of text: it begins no further trailer, and moves no cursor", () => {
  const given = { actor: "\n\nbob\r\n Override: none\u2028x\x1e\x1b[2Jy\n", refs: [" A-1\n\n---\nOverride: yes"] };
  const text = commitText(message([move("remla/app", "v1.5.0")], { attribution: given }));
  expect(text.split("\n").slice(-3)).toEqual(["Actor: bob Override: none x [2Jy", "Refs: A-1 --- Override: yes", ""]);
});

test("several pins: the body lists them, whatever nobody knows is left out", () => {
  const moves = [
    move("remla/app", "v1.5.0"),
    { key: "remla/model-service", to: image("v1.5.0@sha256:" + "0".repeat(64), "model-service") },
  ];
  expect(commitText(message(moves, { attribution: { actor: " ", refs: [] } }))).toBe(
    `deploy: app, model-service v1.5.0 to dev

remla/app: ghcr.io/acme/app:v1.0.0 → ghcr.io/acme/app:v1.5.0
remla/model-service: none → ghcr.io/acme/model-service:v1.5.0@sha256:${"0".repeat(64)}

Environment: dev
Services: remla/app, remla/model-service
`,
  );
});

describe("the subject", () => {
  const five = ["a", "b", "c", "d", "e"].map((name, index) => move(`inventory-system/${name}-long-service-name`, `v1.${index}.0`));
  test.each<[string, Delivery["action"], readonly DeliveredMove[]]>([
    ["release: order-service v1.2.0 to dev", "release", [move("shop/order-service", "v1.2.0")]],
    ["rollback: order-service to v1.1.0", "rollback", [move("shop/order-service", "v1.1.0")]],
    ["deploy: order-service 0123456 to dev", "deploy", [move("shop/order-service", `sha-0123456789abcdef`)]],
    ["deploy: order-service abcdefabcdef to dev", "deploy", [move("shop/order-service", `@sha256:${"abcdef".repeat(11).slice(0, 64)}`)]],
    ["deploy: app v1.5.0, model-service v1.4.0 to dev", "deploy", [move("remla/app", "v1.5.0"), move("remla/model-service", "v1.4.0")]],
    ["rollback: app, model-service to v1.4.0", "rollback", [move("remla/app", "v1.4.0"), move("remla/model-service", "v1.4.0")]],
    ["rollback: app to v1.5.0, model-service to v1.4.0", "rollback", [move("remla/app", "v1.5.0"), move("remla/model-service", "v1.4.0")]],
    ["deploy: app@canary v1.5.0 to dev", "deploy", [move("remla/app@canary", "v1.5.0")]],
    ["deploy: app v1.5.0 to dev", "deploy", [move("remla/app", "v1.5.0"), move("remla/app@canary", "v1.5.0")]],
    ["deploy: app v1.4.0, app@canary v1.5.0 to dev", "deploy", [move("remla/app", "v1.4.0"), move("remla/app@canary", "v1.5.0")]],
    ["deploy: shop/app, stock/app v1.0.1 to dev", "deploy", [move("shop/app", "v1.0.1"), move("stock/app", "v1.0.1")]],
    ["deploy: 5 services of inventory-system to dev", "deploy", five],
    ["rollback: 5 services of inventory-system in dev", "rollback", five],
    ["deploy: 6 services of 2 systems to dev", "deploy", [...five, move("shop/app", "v1.0.1")]],
    [
      "deploy: 4 pins of shop/storefront to dev",
      "deploy",
      ["one", "two", "three", "four"].map((name, index) => move(`shop/storefront:${name}-container`, `v1.${index}.0`)),
    ],
  ])("%s", (subject, action, moves) => {
    expect(message(moves, { action }).subject).toBe(subject);
  });

  test("of one pin is never cut", () => {
    const long = "order-service-with-a-name-of-forty-letter";
    expect(message([move(`shop/${long}:${long}`, "v1.0.1")]).subject).toBe(`deploy: ${long}:${long} v1.0.1 to dev`);
  });
});

describe("the source commit", () => {
  test.each<[string, readonly DeliveredMove[], readonly string[]]>([
    ["of all once, where it is the same", [move("shop/app", "v2.0.0", commit), move("shop/web", "v2.0.0", commit)], [commit]],
    ["of none, where nobody knows any", [move("shop/app", "v2.0.0"), move("shop/web", "v2.0.0")], []],
    [
      "of each service, where they differ",
      [move("shop/app", "v2.0.0", commit), move("shop/app:proxy", "v2.0.0", commit), move("shop/web", "v2.0.0", other)],
      [`${commit} shop/app`, `${other} shop/web`],
    ],
    ["of those that have one", [move("shop/app", "v2.0.0", commit), move("shop/web", "v2.0.0")], [`${commit} shop/app`]],
    [
      "of each pin, where a service mixes",
      [move("shop/app", "v2.0.0", commit), move("shop/app:proxy", "v2.0.0", other)],
      [`${commit} shop/app`, `${other} shop/app:proxy`],
    ],
  ])("%s", (_, moves, expected) => {
    expect(sources(moves)).toEqual(expected);
  });
});
