// Checks that imports go one way (.dependency-cruiser.mjs). Dependency-cruiser is content with no modules at all, so their number is checked too.
import { cruise } from "dependency-cruiser";
import config from "../.dependency-cruiser.mjs";

const fewestModules = 100;
const { output } = await cruise(["lib", "apps", "environments"], {
  ...config.options,
  validate: true,
  ruleSet: { forbidden: config.forbidden },
  outputType: "json",
});
const { summary } = JSON.parse(output);
// one wrong import closes many circles: what names it comes first, and the rest is not worth a screen
const shown = summary.violations.toSorted((a, b) => Boolean(a.cycle) - Boolean(b.cycle)).slice(0, 20);
for (const { rule, from, to, cycle } of shown) {
  process.stderr.write(`error: ${rule.name}: ${from} -> ${cycle ? cycle.map(({ name }) => name).join(" -> ") : to}\n`);
}
process.stdout.write(`layers: ${summary.totalCruised} modules, ${summary.violations.length} violations\n`);
if (summary.totalCruised < fewestModules) process.stderr.write(`error: only ${summary.totalCruised} modules were seen\n`);
process.exitCode = summary.violations.length > 0 || summary.totalCruised < fewestModules ? 1 : 0;
