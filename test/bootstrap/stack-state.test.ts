import { expect, test } from "@jest/globals";
import { StackState } from "../../lib/bootstrap/stack-state.ts";
import { caught } from "../support/caught.ts";

const provider = (inputs: object): object => ({ type: "pulumi:providers:kubernetes", inputs });
const stateOf = (...resources: object[]): StackState => StackState.parse("central", JSON.stringify({ deployment: { resources } }));

const here = { context: "bookshop-eu", kubeconfig: "/home/ada/.kube/bookshop" };
type Target = Parameters<StackState["requireCluster"]>[0];
const look =
  (now: Target, ...resources: object[]) =>
  (): void => {
    stateOf(...resources).requireCluster(now);
  };

test("a destroy in the cluster of the last `up` is nothing to complain of", () => {
  const secret = { type: "kubernetes:core/v1:Secret", inputs: {} };
  expect(look(here, provider({ ...here, clusterIdentifier: "eu" }), secret)).not.toThrow();
  expect(look({ context: "bookshop-eu", kubeconfig: undefined }, provider({ context: "bookshop-eu" }))).not.toThrow();
});

test("a stack that made nothing yet is of no cluster", () => {
  expect(() => {
    StackState.parse("central", `{"version":3,"deployment":{}}`).requireCluster(here);
  }).not.toThrow();
});

test("every provider counts, and another context is told with both", () => {
  expect(caught(look(here, provider(here), provider({ ...here, context: "bookshop-us" })))).toBe(
    "the last `up` of the stack 'central' went to the context 'bookshop-us', and 'keelson:context' is 'bookshop-eu'\n" +
      "hint: run `npm run bootstrap -- up --stack central --refresh --run-program` first, or set the context back",
  );
});

test.each([
  ["another file", "/home/ben/.kube/config"],
  ["no file", undefined],
  ["contents", "users: [{ user: { token: opensesame } }]"],
])("%s for a kubeconfig is told, and not what stands there", (_, kubeconfig) => {
  expect(caught(look(here, provider({ context: here.context, kubeconfig })))).toBe(
    "the last `up` of the stack 'central' read another kubeconfig than this command would\n" +
      "hint: run `npm run bootstrap -- up --stack central --refresh --run-program` first, or set 'keelson:kubeconfig' or KUBECONFIG back",
  );
});

test("what is protected or retained is not released", () => {
  const release =
    (...resources: object[]) =>
    (): void => {
      stateOf(...resources).requireReleased();
    };
  expect(release({ type: "kubernetes:core/v1:Secret", protect: false })).not.toThrow();
  for (const kept of [{ protect: true }, { retainOnDelete: true }]) {
    expect(caught(release({}, kept))).toContain("the stack 'central' still keeps what it made");
  }
});
