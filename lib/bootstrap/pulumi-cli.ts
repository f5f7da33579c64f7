import { spawn } from "node:child_process";
import process from "node:process";
import { UserError } from "../errors/user-error.ts";

/** The program `pulumi`. */
export interface PulumiCli {
  /** Runs it in front of the person, who may have to answer. @returns its exit code */
  run(args: readonly string[]): Promise<number>;
  /** Runs it for what it prints. @throws UserError when it fails, after it has said why */
  read(args: readonly string[]): Promise<string>;
}

/**
 * `pulumi` on the PATH.
 *
 * @param folder - the one with Pulumi.yaml
 */
export function pulumiCli(folder: string): PulumiCli {
  return {
    run: async (args) => (await pulumi(folder, args, "inherit")).exitCode,
    read: async (args) => {
      const { exitCode, stdout } = await pulumi(folder, args, "pipe");
      if (exitCode === 0) return stdout;
      throw new UserError(`\`pulumi ${args.join(" ")}\` ended with exit code ${exitCode}`);
    },
  };
}

function pulumi(folder: string, args: readonly string[], output: "inherit" | "pipe"): Promise<{ exitCode: number; stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, { cwd: folder, stdio: ["inherit", output, "inherit"] });
    let stdout = "";
    // the terminal sends it to Pulumi too, which decides what it leaves undone
    process.on("SIGINT", stayForPulumi);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "ENOENT" ? missing(error) : error);
    });
    child.on("close", (code, signal) => {
      process.off("SIGINT", stayForPulumi);
      // as a shell says it
      resolve({ exitCode: code ?? (signal === "SIGINT" ? 130 : 143), stdout });
    });
  });
}

function stayForPulumi(): void {
  // nothing: Pulumi's end is ours
}

function missing(cause: Error): UserError {
  return new UserError("the program 'pulumi' is not on the PATH", {
    hint: "install it: https://www.pulumi.com/docs/install/; without it, `kubectl apply` does: docs/bootstrap.md",
    cause,
  });
}
