import { createHash } from "node:crypto";
import { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { WithContext } from "../definition/workload-class.ts";
import { UserError } from "../errors/user-error.ts";
import { objectMetadata } from "../manifest/object-metadata.ts";
import { EnvSource } from "./env-var.ts";

/** Configuration that is written down beside a workload and rolls its Pods when it changes. */
export interface PodConfigProps {
  /** Environment variables kept in a ConfigMap. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** Files by their path in the main container: `{ "/etc/shop/prices.yaml": "…" }`. @default none */
  readonly configFiles?: Readonly<Record<string, string>>;
}

/** The ConfigMaps of a unit's configuration, and how its main container reads them. */
export class PodConfig extends Construct {
  readonly envFrom: readonly EnvSource[];
  readonly mounts: readonly k8s.VolumeMount[];
  readonly volumes: readonly k8s.Volume[];
  /** SHA-256 over names and contents; `undefined` where there is no configuration. */
  readonly checksum: string | undefined;

  /** @throws UserError when a path is not absolute, or two paths give one key */
  constructor(scope: Construct, id: string, props: WithContext<PodConfigProps>) {
    super(scope, id);
    const config = props.config ?? {};
    const files = filesByKey(props.configFiles ?? {});
    const variablesName = `${props.context.unit}-config`;
    const filesName = `${props.context.unit}-files`;
    const hasVariables = Object.keys(config).length > 0;
    if (hasVariables) new k8s.KubeConfigMap(this, "variables", { metadata: objectMetadata(props.context, variablesName), data: config });
    if (files.length > 0) {
      new k8s.KubeConfigMap(this, "files", {
        metadata: objectMetadata(props.context, filesName),
        data: Object.fromEntries(files.map(({ key, content }) => [key, content])),
      });
    }
    this.envFrom = hasVariables ? [EnvSource.configMap(variablesName)] : [];
    this.volumes = files.length > 0 ? [{ name: "config-files", configMap: { name: filesName } }] : [];
    // a sub-path mount does not follow the ConfigMap; the checksum rolls the Pods instead, which restarts the program that read the file
    this.mounts = files.map(({ path, key }) => ({ name: "config-files", mountPath: path, subPath: key, readOnly: true }));
    this.checksum = hasVariables || files.length > 0 ? checksumOf(config, files) : undefined;
  }
}

interface ConfigFile {
  readonly path: string;
  readonly key: string;
  readonly content: string;
}

function filesByKey(files: Readonly<Record<string, string>>): ConfigFile[] {
  const known = new Map<string, string>();
  return Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => {
      if (!/^(\/[A-Za-z0-9._-]+)+$/.test(path)) {
        throw new UserError(`the config file '${path}' is not an absolute path of letters, digits, '.', '_' and '-'`);
      }
      if (path.split("/").some((part) => part === "." || part.startsWith(".."))) {
        throw new UserError(`the config file '${path}' has a part that is '.' or starts with '..'`, {
          hint: "write the path that it leads to",
        });
      }
      const key = path.slice(1).replaceAll("/", "_");
      const other = known.get(key);
      if (other !== undefined)
        throw new UserError(`the config files '${other}' and '${path}' give the same key '${key}'`, { hint: "rename one" });
      known.set(key, path);
      return { path, key, content };
    });
}

function checksumOf(config: Readonly<Record<string, string>>, files: readonly ConfigFile[]): string {
  const variables = Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([variables, files.map(({ path, content }) => [path, content])]))
    .digest("hex");
}
