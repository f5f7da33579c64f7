import { Option } from "commander";

/** How a result is printed. */
export type OutputFormat = "text" | "json";

/** `--output text|json`. */
export function outputOption(): Option {
  return new Option("--output <format>", "how to print the result").choices(["text", "json"]).default("text");
}

/** An option that may be given several times; its value is the list of what was given. */
export function repeatableOption(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be given several times`).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  );
}

/** `--dist <folder>`. */
export function distOption(): Option {
  return new Option("--dist <folder>", "the folder to compare with and write to (default: the repository's output)");
}

/** `--force`. */
export function forceOption(): Option {
  return new Option("--force", "take over a folder that holds something and that Keelson did not write");
}

/** `--kubeconfig <file>`. */
export function kubeconfigOption(): Option {
  return new Option("--kubeconfig <file>", "the kubeconfig to read (default: $KUBECONFIG, else ~/.kube/config)");
}

/**
 * `--context <name>`.
 *
 * @param unnamed - what is taken where it is left out. @default the current one
 */
export function contextOption(unnamed = "the current one"): Option {
  return new Option("--context <name>", `the kubeconfig context of the cluster that runs Argo CD (default: ${unnamed})`);
}

/** The same, for commands that ask a cluster only when one is named. */
export function contextIfAskedOption(): Option {
  return contextOption("with --kubeconfig the current one, else no cluster is asked");
}
