/** The limits that `--assert` holds the bench to; each names what it measures, and is left out where that was not measured. */
const limits = [
  {
    name: "growth of a fresh synth, 100 to 1000 services",
    most: 10.5,
    unit: "x",
    of: ({ growth }) => growth.find(({ to }) => to === 1000)?.ratio,
  },
  {
    // validation has a limit of its own, by the stages below
    name: "fresh synth of 1000 services less its validation, to writing the same bytes",
    most: 8,
    unit: "x",
    of: (result) => withoutValidation(sizeOf(result, 1000)),
  },
  { name: "peak memory of 1000 services", most: 250, unit: "MB", of: (result) => sizeOf(result, 1000)?.peakMemory },
  {
    name: "validate of 1000 services, of stages 1 to 7",
    most: 40,
    unit: "%",
    of: (result) => validatePercent(sizeOf(result, 1000)?.stages),
  },
];

/** What stands before stage 1: the definitions and pins that it is handed. */
const inputs = ["define", "pins"];

/**
 * What the measured seconds say: per case median, lowest and highest; ratios; and the limits with the figures next to them.
 *
 * @param {{ size: number, rounds: Record<string, number>[], peakMemory: number[], stages: object, objects: number, files: number }[]} measured
 *   in the order of sizes; size 0 is the empty repository
 */
export function summarize(measured) {
  const [empty, ...filled] = measured;
  const idle = empty.rounds.map(({ idle }) => idle);
  const sizes = filled.map(({ size, rounds, peakMemory, stages, objects, files }) => {
    const secondsOf = (name) => rounds.map((round) => round[name]);
    // of neighbours in time: a busy moment of the machine then hits both
    const ratio = (name, base) => median(rounds.map((round) => round[name] / round[base]));
    const ofCase = (name) => ({ ...spread(secondsOf(name)), toIdle: ratio(name, "idle"), toWrite: ratio(name, "write") });
    return {
      size,
      objects,
      files,
      repeats: rounds.length,
      peakMemory: median(peakMemory),
      write: { ...spread(secondsOf("write")), toIdle: ratio("write", "idle") },
      fresh: ofCase("fresh"),
      unchanged: ofCase("unchanged"),
      stages,
    };
  });
  const nothing = spread(empty.rounds.map(({ fresh }) => fresh));
  const growth = sizes.slice(1).map((to, index) => {
    const from = sizes[index];
    return { from: from.size, to: to.size, ratio: (to.fresh.median - nothing.median) / (from.fresh.median - nothing.median) };
  });
  const result = { idle: spread(idle), empty: nothing, sizes, growth };
  return { ...result, limits: limits.map(({ name, most, unit, of }) => limitOf({ name, most, unit }, of(result))) };
}

/** How often the time of writing the same bytes a fresh synth takes, less the part that validation has of its stages. */
function withoutValidation(size) {
  return size && size.fresh.toWrite * (1 - validatePercent(size.stages) / 100);
}

function limitOf(limit, measured) {
  return { ...limit, measured: measured ?? null, held: measured === undefined ? null : measured <= limit.most };
}

function validatePercent(stages) {
  if (stages === undefined) return undefined;
  const seconds = Object.entries(stages).filter(([stage]) => !inputs.includes(stage));
  return (100 * stages.validate) / seconds.reduce((sum, [, each]) => sum + each, 0);
}

function sizeOf({ sizes }, wanted) {
  return sizes.find(({ size }) => size === wanted);
}

function spread(seconds) {
  return { median: median(seconds), min: Math.min(...seconds), max: Math.max(...seconds) };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
