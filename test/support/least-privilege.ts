import { describe, expect, test } from "@jest/globals";
import type { RenderedRepository } from "../../lib/synth/line.ts";
import { projectNeeds } from "../../lib/validation/rules/project-needs.ts";
import { projectPermits } from "../../lib/validation/rules/project-permits.ts";
import { withOneMore, withoutEachPermission } from "./project-permissions.ts";

/**
 * The proof that the AppProjects of a repository permit what is needed and no more: each permission is taken away by itself, and one of each list is added.
 *
 * @param atLeast - how many permissions there are to take away, so that the proof cannot become empty
 */
export function describeLeastPrivilege(title: string, repository: RenderedRepository, atLeast: number): void {
  describe(title, () => {
    const taken = withoutEachPermission(repository);

    test("permit what is needed, and no more", () => {
      expect([...projectPermits.check(repository.facts), ...projectNeeds.check(repository.facts)]).toEqual([]);
      expect(taken.length).toBeGreaterThan(atLeast);
    });

    test.each(taken)("need $title", (changed) => {
      expect(changed.reports(projectPermits)).not.toEqual([]);
    });

    test.each(withOneMore(repository))("are told of $title", (changed) => {
      const found = changed.reports(projectNeeds);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(/^AppProject argocd\/\S+ permits /);
      expect(found[0]).toContain(`'${changed.named}'`);
    });
  });
}
