import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Definitions } from "../../lib/definition/definitions.ts";
import { recommendations } from "../fixtures/bookshop/apps/recommendations/system.ts";
import { bookshop } from "../fixtures/bookshop/definitions.ts";
import { bytesOf } from "../support/pin-edit.ts";
import { ShopClone } from "../support/shop-clone.ts";
import { SourceRepository } from "../support/source-repository.ts";
import type { Outcome } from "../support/temporary-shop.ts";

const devPins = "environments/dev/images.yaml";
const image = (commit: string): string => `registry.paperback.example:5000/shop/catalogue:sha-${commit}`;

let shop: ShopClone;
let source: SourceRepository;
beforeEach(() => {
  shop = new ShopClone();
  source = new SourceRepository();
});
afterEach(() => {
  shop.remove();
  source.remove();
});

/** What a pipeline does that has built this commit of the source. */
function deploy(
  commit: string,
  { options = ["--commit"], from = source.work, by = shop, reference = image(commit) }: DeployOptions = {},
): Promise<Outcome> {
  const told = ["--source", from, "--source-commit", commit, "--environment", "dev"];
  return by.run(["image", "set", "bookshop/catalogue", reference, ...told, ...options]);
}

interface DeployOptions {
  readonly options?: readonly string[];
  readonly from?: string;
  readonly by?: ShopClone;
  readonly reference?: string;
}

/** The image that the pins name now, without its repository. */
const pinned = (): string => /^bookshop\/catalogue: \S*\/catalogue[:@](\S*)/m.exec(shop.read(devPins))?.[1] ?? "";
const sourceCommit = (): string => shop.git("log", "-1", "--format=%(trailers:key=Source-Commit,valueonly)").trim();
/** The pin of a commit of the source, before any test's run; by hand. */
function pin(reference: string): void {
  shop.edit(devPins, image("7d3a982"), reference);
}
async function commitPin(reference: string, message = "deploy: by hand"): Promise<void> {
  pin(reference);
  await shop.synth();
  shop.commit(message);
  shop.push();
}

describe("of two runs of one service", () => {
  test("the one with the later commit wins, in whichever order they come", async () => {
    const [first, second] = [source.commit(), source.commit()];
    await commitPin(image(first.slice(0, 7)));
    expect((await deploy(second)).exitCode).toBe(0);
    expect([pinned(), sourceCommit()]).toEqual([`sha-${second}`, second]);
    const head = shop.head();
    expect(await deploy(first)).toEqual({
      exitCode: 0,
      stdout: `bookshop/catalogue  ${image(second)} stays, superseded: it was built from '${second}', which comes after '${first}'\n`,
      stderr: "nothing is to be changed\n",
    });
    expect([pinned(), shop.head()]).toEqual([`sha-${second}`, head]);
  });

  test("the later commit is known by the trailer where the tag does not tell", async () => {
    const [first, second] = [source.commit(), source.commit()];
    const release = `registry.paperback.example:5000/shop/catalogue:nightly-7@sha256:${"1".repeat(64)}`;
    await commitPin(release, `deploy: catalogue to dev\n\nSource-Commit: ${second}`);
    expect((await deploy(first)).stdout).toContain(`stays, superseded: it was built from '${second}'`);
    expect((await deploy(source.commit())).stdout).toContain(`${release} → `);
  });

  test("a merge comes after both of its sides", async () => {
    const base = source.commit();
    source.switch("feature", base);
    const feature = source.commit();
    source.switch("main");
    source.commit();
    const merge = source.merge("feature");
    await commitPin(image(base));
    await deploy(merge);
    expect((await deploy(feature)).stdout).toContain(" stays, superseded: ");
    expect(pinned()).toBe(`sha-${merge}`);
  });

  test("neither of two lines of history goes before the other: the pin moves, with a warning", async () => {
    const base = source.commit();
    source.switch("feature", base);
    const feature = source.commit();
    source.switch("main");
    const main = source.commit();
    await commitPin(image(feature));
    expect(await deploy(main)).toMatchObject({
      exitCode: 0,
      stderr: `warning: 'bookshop/catalogue' in 'dev' was built from '${feature}', which '${main}' does not come after\n`,
    });
    expect([pinned(), sourceCommit()]).toEqual([`sha-${main}`, main]);
  });

  test("the run that lost the race to the later commit ends as superseded", async () => {
    const [first, second, third] = [source.commit(), source.commit(), source.commit()];
    await commitPin(image(first));
    const other = shop.another();
    await deploy(third, { by: other });
    // between the plan of this run and its push, the other one arrives
    const hook = join(shop.root, ".git/hooks/pre-push");
    mkdirSync(join(shop.root, ".git/hooks"), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\nunset GIT_DIR\ncd '${other.root}' && git push --quiet origin trunk\n`);
    chmodSync(hook, 0o755);
    const outcome = await deploy(second, { options: ["--push"] });
    expect(outcome).toMatchObject({
      exitCode: 0,
      stdout: `bookshop/catalogue  ${image(third)} stays, superseded: it was built from '${third}', which comes after '${second}'\n`,
    });
    expect(outcome.stderr).toContain("planning anew on top of that");
    expect([pinned(), shop.head(), shop.pushed()]).toEqual([`sha-${third}`, other.head(), other.head()]);
  });

  test("nobody knows which is later without --source: the last one wins", async () => {
    const [first, second] = [source.commit(), source.commit()];
    await commitPin(image(second));
    const own = ["image", "set", "bookshop/catalogue", image(first), "--environment", "dev", "--commit", "--source-commit", first];
    expect((await shop.run(own)).exitCode).toBe(0);
    expect([pinned(), sourceCommit()]).toEqual([`sha-${first}`, first]);
  });
});

describe("one image by two names", () => {
  const digest = `@sha256:${"2".repeat(64)}`;
  const release = `registry.paperback.example:5000/shop/catalogue:v1.2.0${digest}`;

  test("takes a release's name for it, and stays on record as built from the later commit", async () => {
    const [first, second, third] = [source.commit(), source.commit(), source.commit()];
    await commitPin(image(third) + digest);
    expect((await deploy(first, { reference: image(first) + digest })).stdout).toContain(" stays, superseded: ");
    expect((await deploy(first, { reference: release })).exitCode).toBe(0);
    expect([pinned(), sourceCommit()]).toEqual([`v1.2.0${digest}`, third]);
    expect((await deploy(second)).stdout).toContain(" stays, superseded: ");
  });

  test("is known by the commit that pinned it first, where who named it anew said nothing", async () => {
    const [first, second] = [source.commit(), source.commit()];
    await commitPin(image(second) + digest);
    shop.edit(devPins, image(second) + digest, release);
    await shop.synth();
    shop.commit("promote: catalogue v1.2.0, by hand");
    expect((await deploy(first)).stdout).toContain(`${release} stays, superseded: it was built from '${second}'`);
  });
});

describe("a commit that is pinned", () => {
  test("is fetched into the clone where that has not got it", async () => {
    const first = source.commit();
    source.push();
    const clone = source.clone();
    const second = source.commit();
    source.push();
    await commitPin(image(second.slice(0, 9)));
    expect((await deploy(first, { from: clone })).stdout).toContain(` stays, superseded: it was built from '${second.slice(0, 9)}'`);
  });

  test("is one clear error where nobody knows it, and nothing changes unless that is wanted", async () => {
    const only = source.commit();
    source.push();
    const before = bytesOf(shop.root);
    for (const options of [[], ["--commit"], ["--push"]]) {
      expect(await deploy(only, { options })).toEqual({
        exitCode: 2,
        stdout: "",
        stderr:
          `error: '${source.work}' does not know the commit '7d3a982' that 'bookshop/catalogue' in 'dev' was built from\n` +
          "  hint: name a clone of the repository that the image was built from, and a whole one; or let --allow-unrelated move the pin all the same\n",
      });
    }
    expect(bytesOf(shop.root)).toEqual(before);
    expect((await deploy(only, { options: ["--commit", "--allow-unrelated"] })).exitCode).toBe(0);
    expect([pinned(), sourceCommit()]).toEqual([`sha-${only}`, only]);
  });

  test("is what its tag says where the file differs from what is committed", async () => {
    const [first, second, third] = [source.commit(), source.commit(), source.commit()];
    await commitPin(image(first), `deploy: catalogue to dev\n\nSource-Commit: ${first}`);
    shop.edit(devPins, image(first), image(third));
    expect((await deploy(second, { options: [] })).stdout).toContain(`stays, superseded: it was built from '${third}'`);
  });

  test("is not looked for in a shallow clone of this repository", async () => {
    const first = source.commit();
    shop.commit("docs: one more");
    writeFileSync(join(shop.root, ".git/shallow"), `${shop.head()}\n`);
    expect(await deploy(first, { options: [] })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("error: this clone is shallow"),
    });
  });
});

test("a set stays as a whole where one of it is superseded", async () => {
  const [first, second] = [source.commit(), source.commit()];
  const [one, two] = ["recommender", "ranking-model"].map(
    (name) =>
      (commit: string): string =>
        `registry.paperback.example/books/${name}:sha-${commit}`,
  );
  shop.edit(devPins, one!("261f1e0"), one!(second));
  shop.edit(devPins, two!("591511c"), two!(first));
  const definitions: Definitions = {
    ...bookshop,
    systems: bookshop.systems.map((system) => (system === recommendations ? { ...system, movesTogether: [system.services] } : system)),
  };
  const words = ["recommendations/recommender", one!(first), "recommendations/ranking-model", two!("1234567")];
  const told = ["--source", source.work, "--source-commit", first, "--environment", "dev"];
  expect((await shop.run(["image", "set", ...words, ...told], { definitions })).stdout).toBe(
    `recommendations/recommender    ${one!(second)} stays, superseded: it was built from '${second}', which comes after '${first}'\n` +
      `recommendations/ranking-model  ${two!(first)} stays, superseded: it moves together with 'recommendations/recommender', which stays\n`,
  );
});
