import { expect, test } from "@jest/globals";
import { deliveryFacts } from "../../lib/history/delivery-facts.ts";
import { deliveryMessage } from "../../lib/history/delivery-message.ts";
import { ImageReference } from "../../lib/image/image-reference.ts";

test.each([
  ["deploy: order-service def5678 to dev", "deploy"],
  ["promote: order-service def5678 to staging (#12)", "promote"],
  ["release(shop)!: order-service v1.2.0 to production", "release"],
  ["rollback: order-service to v1.1.0", "rollback"],
  ['Revert "promote: order-service def5678 to staging"', undefined],
  ["deployment: order-service", undefined],
  ["feat: deploy: later", undefined],
  ["Merge branch 'deploy: x'", undefined],
])("the subject %s says %s", (subject, action) => {
  expect(deliveryFacts({ subject, trailers: [] }).action).toBe(action);
});

test("what a message of ours says is read back", () => {
  const image = (tag: string): ImageReference => ImageReference.parse(`ghcr.io/acme/app:${tag}`);
  const { subject, trailers } = deliveryMessage({
    action: "promote",
    environment: "staging",
    moves: [
      { key: "remla/app", from: image("1"), to: image("2"), sourceCommit: "abc1234" },
      { key: "remla/model-service", to: image("2"), sourceCommit: "def5678" },
      { key: "remla/model-service@canary", to: image("2"), sourceCommit: "fed8765" },
    ],
    attribution: { actor: "alice", run: "https://ci.example/runs/7", refs: ["SHOP-1", "SHOP-2"], breakingChange: "no more v1: at all" },
    more: [
      ["Promoted-From", "dev"],
      ["Override", "hotfix"],
      ["Reason", "it hurts"],
      ["Evidence", "the one before"],
    ],
  });
  const { sourceCommits, ...facts } = deliveryFacts({ subject, trailers });
  expect(facts).toEqual({
    action: "promote",
    environment: "staging",
    services: ["remla/app", "remla/model-service"],
    run: "https://ci.example/runs/7",
    actor: "alice",
    promotedFrom: "dev",
    override: "hotfix",
    reason: "it hurts",
    evidence: "the one before",
    refs: ["SHOP-1", "SHOP-2"],
    breakingChange: "no more v1: at all",
  });
  expect(
    ["remla/app", "remla/app@canary", "remla/model-service", "remla/model-service@canary", "shop/frontend"].map(sourceCommits),
  ).toEqual(["abc1234", "abc1234", "def5678", "fed8765", undefined]);
});

test("one source commit is that of every pin, keys may be written in any case, and empty ones say nothing", () => {
  const facts = deliveryFacts({
    subject: "change",
    trailers: [
      ["source-commit", "abc1234"],
      ["ACTOR", "alice"],
      ["Actor", ""],
      ["refs", "SHOP-1, SHOP-2"],
    ],
  });
  expect([facts.sourceCommits("shop/frontend:proxy@canary"), facts.actor, facts.refs]).toEqual(["abc1234", "alice", ["SHOP-1", "SHOP-2"]]);
});
