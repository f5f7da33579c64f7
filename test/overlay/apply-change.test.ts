import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Value } from "../../lib/definition/value.ts";
import { applyChange } from "../../lib/overlay/apply-change.ts";
import { DisruptionBudget } from "../../lib/workload/disruption-budget.ts";
import { Probe } from "../../lib/workload/probe.ts";

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const value = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((amount) => DisruptionBudget.maxUnavailable(amount)),
  fc.string().map((path) => Probe.httpGet(path)),
);
const leaf = fc.oneof(scalar, value, fc.array(fc.oneof(scalar, fc.dictionary(fc.string(), scalar))));
const key = fc.oneof(fc.constantFrom("resources", "requests", "cpu", "env", "__proto__", "toString"), fc.string());

/** Props: plain objects of leaves and further objects. */
const props = fc.letrec<{ tree: object }>((tie) => ({
  tree: fc.dictionary(key, fc.oneof({ depthSize: "small" }, leaf, tie("tree")), { maxKeys: 5, noNullPrototype: true }),
})).tree;

/** A change: the same, with `undefined` among the leaves. */
const change = fc.letrec<{ tree: object }>((tie) => ({
  tree: fc.dictionary(key, fc.oneof({ depthSize: "small" }, leaf, fc.constant(undefined), tie("tree")), {
    maxKeys: 5,
    noNullPrototype: true,
  }),
})).tree;

/** What a change leaves when laid over nothing: the same without `undefined`. */
function withoutUndefined(tree: object): object {
  return applyChange({}, tree);
}

describe("applyChange", () => {
  test("changes plain objects key by key, at every depth", () => {
    expect(
      applyChange(
        { resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } }, replicas: 2 },
        { resources: { requests: { cpu: "250m" } } },
      ),
    ).toEqual({ resources: { requests: { cpu: "250m", memory: "128Mi" }, limits: { memory: "256Mi" } }, replicas: 2 });
  });

  test("replaces lists, scalars and values whole", () => {
    const before = { args: ["--serve", "--verbose"], replicas: 2, budget: DisruptionBudget.minAvailable("50%") };
    const budget = DisruptionBudget.maxUnavailable(1);
    const after = applyChange(before, { args: ["--serve"], replicas: 3, budget });
    expect(after).toEqual({ args: ["--serve"], replicas: 3, budget });
    expect(after.budget).toBe(budget);
  });

  test("restores the default by undefined, and keeps what is left out", () => {
    const after = applyChange({ autoscaling: { minReplicas: 2 }, replicas: 2 }, { autoscaling: undefined });
    expect(after).toStrictEqual({ replicas: 2 });
    expect(Object.keys(after)).toEqual(["replicas"]);
  });

  test("restores a default inside of an object", () => {
    expect(applyChange({ metrics: { port: "admin", path: "/m" } }, { metrics: { port: undefined } })).toStrictEqual({
      metrics: { path: "/m" },
    });
  });

  test("puts an object in a value's or a list's place, and the other way round", () => {
    expect(applyChange({ a: Probe.none(), b: [1], c: "text" }, { a: { x: 1 }, b: { x: 1 }, c: { x: 1 } })).toStrictEqual({
      a: { x: 1 },
      b: { x: 1 },
      c: { x: 1 },
    });
    expect(applyChange({ a: { x: 1 } }, { a: [2] })).toStrictEqual({ a: [2] });
  });

  test("adds an empty object, which a construct may take for 'with its defaults'", () => {
    expect(applyChange({}, { metrics: {} })).toStrictEqual({ metrics: {} });
    expect(applyChange({ metrics: { path: "/m" } }, { metrics: {} })).toStrictEqual({ metrics: { path: "/m" } });
  });

  test("leaves no undefined behind where the whole object is new", () => {
    expect(applyChange({}, { metrics: { port: undefined, path: "/m" } })).toStrictEqual({ metrics: { path: "/m" } });
  });
});

describe("the laws of overlays", () => {
  test("nothing laid over props changes nothing", () => {
    fc.assert(
      fc.property(props, (before) => {
        expect(applyChange(before, {})).toStrictEqual(before);
      }),
    );
  });

  test("props laid over nothing are those props", () => {
    fc.assert(
      fc.property(props, (own) => {
        expect(applyChange({}, own)).toStrictEqual(own);
      }),
    );
  });

  test("the same change twice is that change once", () => {
    fc.assert(
      fc.property(props, change, (before, once) => {
        const after = applyChange(before, once);
        expect(applyChange(after, once)).toStrictEqual(after);
      }),
    );
  });

  test("of two changes to one key the later wins, and undefined restores the default", () => {
    fc.assert(
      fc.property(props, key, leaf, fc.oneof(leaf, fc.constant(undefined)), (before, name, first, last) => {
        const after = applyChange(applyChange(before, { [name]: first }), { [name]: last });
        expect(Object.hasOwn(after, name)).toBe(last !== undefined);
        expect(Object.getOwnPropertyDescriptor(after, name)?.value).toBe(last);
      }),
    );
  });

  test("what a change does not name stays as it is", () => {
    fc.assert(
      fc.property(props, change, (before, own) => {
        const after = applyChange(before, own);
        for (const name of Object.keys(before).filter((candidate) => !Object.hasOwn(own, candidate))) {
          expect(Object.getOwnPropertyDescriptor(after, name)).toEqual(Object.getOwnPropertyDescriptor(before, name));
        }
        expect(Object.keys(after).filter((name) => !Object.hasOwn(before, name) && !Object.hasOwn(own, name))).toEqual([]);
      }),
    );
  });

  test("neither the props nor the change are altered", () => {
    const frozen = <T>(tree: T): T => {
      if (typeof tree === "object" && tree !== null && !(tree instanceof Value)) Object.values(Object.freeze(tree)).forEach(frozen);
      return tree;
    };
    fc.assert(
      fc.property(props, change, (before, own) => {
        expect(() => applyChange(frozen(before), frozen(own))).not.toThrow();
      }),
    );
  });

  test("layers may be put together in any grouping, as long as none takes a key away or changes a shape", () => {
    // all trees of one shape: an object stays an object, a leaf a leaf
    const shaped = fc.record(
      { a: scalar, b: fc.record({ c: scalar, d: fc.array(scalar) }, { requiredKeys: [], noNullPrototype: true }), e: value },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(shaped, shaped, shaped, (first, second, third) => {
        expect(applyChange(applyChange(first, second), third)).toStrictEqual(applyChange(first, applyChange(second, third)));
      }),
    );
  });

  test("a change that takes a key away must be laid over first: grouped otherwise it is lost", () => {
    const [base, first, second] = [{ replicas: 2 }, {}, { replicas: undefined }];
    expect(applyChange(applyChange(base, first), second)).toStrictEqual({});
    expect(applyChange(base, applyChange(first, second))).toStrictEqual({ replicas: 2 });
  });

  test("whatever is laid over what, no undefined is left of the change", () => {
    fc.assert(
      fc.property(change, (own) => {
        expect(withoutUndefined(withoutUndefined(own))).toStrictEqual(withoutUndefined(own));
        const holdsUndefined = (tree: unknown): boolean =>
          tree === undefined ||
          (typeof tree === "object" && tree !== null && !(tree instanceof Value) && Object.values(tree).some(holdsUndefined));
        expect(holdsUndefined(withoutUndefined(own))).toBe(false);
      }),
    );
  });
});
