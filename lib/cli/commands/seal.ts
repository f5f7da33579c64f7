import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import type { Definitions } from "../../definition/definitions.ts";
import type { EnvironmentDefinition } from "../../definition/environment.ts";
import { sealingScopeOf, type SealingScope } from "../../definition/sealed-secret.ts";
import { SecretValue } from "../../definition/secret-value.ts";
import { nearestNames } from "../../errors/nearest-names.ts";
import { UserError } from "../../errors/user-error.ts";
import { seal } from "../../sealing/seal.ts";
import { readSealedValues, sealedKey, type SealedValues, sealedValuesFile } from "../../sealing/sealed-values.ts";
import { sealingLabel } from "../../sealing/sealing-label.ts";
import { writeSealedValue } from "../../sealing/write-sealed-value.ts";
import { declaredSealedSecrets, type DeclaredSealedSecrets } from "../../synth/declared-sealed-secrets.ts";
import type { CommandContext } from "../command-context.ts";
import type { Io } from "../io.ts";
import { openSealingCertificate } from "../open-sealing-certificate.ts";
import { readGivenFile } from "../read-given-file.ts";

interface SealOptions {
  readonly environment: string;
  readonly key?: string;
  readonly certificate: string;
  readonly cluster?: string;
  readonly allClusters?: boolean;
  readonly fromFile?: string;
  readonly trimNewline?: boolean;
}

/** `keelson seal`. */
export function addSealCommand(program: Command, { definitions, io, done }: CommandContext): void {
  program
    .command("seal")
    .description("encrypt a value for the Sealed Secrets controller of an environment's cluster; ask no cluster")
    .argument("<secret>", "which one: <system>/<secret>")
    .addOption(new Option("--environment <name>", "where").makeOptionMandatory())
    .addOption(new Option("--key <key>", "the key of the Secret (default: the only one)"))
    .addOption(new Option("--certificate <file>", "the controller's certificate").makeOptionMandatory())
    .addOption(new Option("--cluster <name>", "which cluster's controller it is, where the environment has several"))
    .addOption(new Option("--all-clusters", "the clusters of the environment share their key").conflicts("cluster"))
    .addOption(new Option("--from-file <file>", "where the value is (default: standard input)"))
    .addOption(new Option("--trim-newline", "leave out the newline at the end"))
    .action(async (secret: string, options: SealOptions) => {
      await sealValue(definitions, secret, options, io);
      done(0);
    });
}

/** Everything is checked before the value is read, and the file is written once, whole. */
async function sealValue(definitions: Definitions, name: string, options: SealOptions, io: Io): Promise<void> {
  const [, systemName = "", secretName = ""] = /^([^/]+)\/([^/]+)$/.exec(name) ?? [];
  if (secretName === "") throw new UserError(`'${name}' names no secret`, { hint: "write <system>/<secret>" });
  const declared = declaredSealedSecrets(definitions, systemName, options.environment);
  const { key, scope } = chosenKey(declared, secretName, options);
  const cluster = chosenCluster(declared.environment, options);
  const publicKey = openSealingCertificate(options.certificate, io);
  const file = sealedValuesFile(options.environment);
  const path = join(io.root, file);
  const readFile = (): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  const line = sealedKey(systemName, secretName, key, cluster);
  if (cluster === undefined) requireTaken(line, readSealedValues(readFile(), file), declared.environment, io);

  const value = await readValue(options, io);
  const ciphertext = seal(value, publicKey, sealingLabel(scope, declared.namespace, secretName));
  const after = writeSealedValue(readFile(), file, line, ciphertext);
  // whole or not at all
  writeFileSync(`${path}.new`, after);
  renameSync(`${path}.new`, path);
  io.stdout(`sealed '${line}' in ${file}\n`);
  io.stderr("hint: run `npm run synth` and commit both\n");
}

function chosenKey(
  { system, environment, secrets }: DeclaredSealedSecrets,
  secretName: string,
  { key }: SealOptions,
): { readonly key: string; readonly scope: SealingScope } {
  const secret = Object.hasOwn(secrets, secretName) ? secrets[secretName] : undefined;
  if (secret === undefined) {
    const names = Object.keys(secrets);
    throw new UserError(`the system '${system.name}' declares no sealed secret '${secretName}' in '${environment.name}'`, {
      hint:
        names.length === 0
          ? `declare it under namespace.sealedSecrets in apps/${system.name}/system.ts`
          : `it declares: ${nearestNames(secretName, names)}`,
    });
  }
  const { keys } = secret;
  const scope = sealingScopeOf(secretName, secret);
  const chosen = key ?? (keys.length === 1 ? keys[0] : undefined);
  if (chosen === undefined) {
    throw new UserError(`the sealed secret '${secretName}' has several keys`, { hint: `choose by --key: ${nearestNames("", keys)}` });
  }
  if (!keys.includes(chosen)) {
    throw new UserError(`the sealed secret '${secretName}' declares no key '${chosen}'`, {
      hint: `its keys are: ${nearestNames(chosen, keys)}`,
    });
  }
  return { key: chosen, scope };
}

/** The cluster whose controller alone will open it; `undefined` for all that the environment has. */
function chosenCluster({ name, clusters }: EnvironmentDefinition, { cluster, allClusters }: SealOptions): string | undefined {
  const names = clusters.map((entry) => entry.name);
  if (cluster === undefined) {
    if (names.length === 1 || allClusters === true) return undefined;
    throw new UserError(`'${name}' has several clusters, each with a key of its own`, {
      hint: `choose by --cluster: ${nearestNames("", names)}; or say --all-clusters where they share one`,
    });
  }
  if (!names.includes(cluster)) {
    throw new UserError(`'${name}' has no cluster '${cluster}'`, { hint: `its clusters are: ${nearestNames(cluster, names)}` });
  }
  return cluster;
}

/** What is sealed for all clusters reaches those that have no line of their own: it must be one at least. */
function requireTaken(key: string, { file, entries }: SealedValues, { clusters }: EnvironmentDefinition, io: Io): void {
  const own = clusters.map(({ name }) => ({ name, line: `${key}@${name}` })).filter(({ line }) => entries.has(line));
  if (own.length === 0) return;
  const lines = own.map(({ line }) => `'${line}'`).join(" and ");
  const first = `${lines} in ${file} ${own.length === 1 ? "goes" : "go"} before '${key}'`;
  if (own.length < clusters.length) io.stderr(`note: ${first}\n`);
  else {
    const those = own.length === 1 ? "that line" : "those lines";
    throw new UserError(`${first}, which nothing would use`, { hint: `say --cluster ${own[0]?.name ?? ""}, or remove ${those} first` });
  }
}

/** The bytes as they are; never from the command line, which other processes and the shell's history see. */
async function readValue({ fromFile, trimNewline }: SealOptions, io: Io): Promise<SecretValue<Uint8Array>> {
  const read = fromFile === undefined ? await io.readInput() : readGivenFile(fromFile, io);
  const newline = read.subarray(-2).equals(Buffer.from("\r\n")) ? 2 : read.at(-1) === 0x0a ? 1 : 0;
  const value = trimNewline === true ? read.subarray(0, read.length - newline) : read;
  if (value.length === 0) {
    throw new UserError("the value is empty", { hint: "give it on standard input, or by --from-file" });
  }
  if (newline > 0 && trimNewline !== true) {
    io.stderr("warning: the value ends in a newline, which is sealed with it; --trim-newline leaves it out\n");
  }
  return SecretValue.of(value);
}
