import { describe, expect, test } from "@jest/globals";
import { DestinationRule } from "../../lib/traffic/destination-rule.ts";
import type { DestinationRuleProps } from "../../lib/traffic/destination-rule.ts";
import { caught } from "../support/caught.ts";
import { renderOne } from "../support/render-construct.ts";
import { bookshopContext } from "../support/unit-context.ts";

const context = bookshopContext();
const props: Required<DestinationRuleProps> = {
  name: "catalogue",
  host: "catalogue.bookshop-dev.svc.cluster.local",
  subsets: [
    { name: "paper", labels: { edition: "paper" } },
    { name: "audio", labels: { edition: "audio" } },
  ],
};

function render(rule: DestinationRuleProps) {
  return renderOne((scope) => new DestinationRule(scope, "rule", { context, ...rule }));
}

describe("DestinationRule", () => {
  test("every prop reaches the manifest", () => {
    expect(render(props)).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { name: "catalogue", namespace: "bookshop-dev", labels: context.labels },
      spec: { host: props.host, subsets: props.subsets },
    });
  });

  test("fails for a subset that is there twice", () => {
    expect(caught(() => render({ ...props, subsets: [...props.subsets, { name: "paper", labels: { edition: "pocket" } }] }))).toBe(
      "the subset 'paper' of destination rule 'catalogue' is listed twice",
    );
  });

  test("fails for a subset without a label", () => {
    expect(caught(() => render({ ...props, subsets: [{ name: "paper", labels: {} }] }))).toBe(
      "the subset 'paper' of destination rule 'catalogue' has no label\nhint: without a label it is every Pod of the Service",
    );
  });
});
