// Stands in for Pulumi's Kubernetes provider, which this test cannot build: one resource is one object, and `kubectl` does the work. As the real one it
// refuses to create what is there already unless `upsertExistingObjects`, replaces a ConfigMap or Secret whose data changes unless that is
// enabled, applies updates on the server, and strips nothing that Argo CD adds.
// What it does not show: Helm releases (refused), waiting until objects are ready, names made up by Pulumi, how the real one reads an object back,
// whose fields it takes for its own, and what its errors say.
import { spawn } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { Empty, message, proto, serve, Struct, unimplemented } from "./serve.mjs";

const provider = proto("provider_pb");
const fieldManager = "pulumi-kubernetes-stand-in";
const replacing = /^(apiVersion|kind|metadata\.(name|namespace))$/;

/** What the stack's provider resource says; booleans come as JSON. */
let configuration = {};
const isOn = (option) => configuration[option] === "true";

const plain = (struct) => struct?.toJavaScript() ?? {};
const struct = (object) => Struct.fromJavaScript(object);

async function kubectl(args, input = "") {
  const { kubeconfig, context } = configuration;
  const place = [...(kubeconfig ? ["--kubeconfig", kubeconfig] : []), ...(context ? ["--context", context] : [])];
  const child = spawn("kubectl", [...place, ...args]);
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"]) child[stream].setEncoding("utf8").on("data", (text) => (output[stream] += text));
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code === 0) return output.stdout;
  throw Object.assign(new Error(output.stderr.trim()), { absent: output.stderr.includes("(NotFound)") });
}

function reference({ apiVersion, kind, metadata: { name, namespace } }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return [`${kind}.${version}.${group}`, name, ...(namespace ? ["-n", namespace] : [])];
}

async function send(verb, object) {
  const answer = await kubectl(
    [...verb, "--field-manager", fieldManager, "--validate=strict", "-o", "json", "-f", "-"],
    JSON.stringify(object),
  );
  return outputs(JSON.parse(answer));
}

const create = (object) => (isOn("upsertExistingObjects") ? apply(object) : send(["create"], object));
const apply = (object) => send(["apply", "--server-side", "--force-conflicts"], object);

/** The live object; who wrote which field is nobody's business here. */
function outputs({ metadata: { managedFields: _, ...metadata }, ...live }) {
  return { ...live, metadata };
}

const idOf = ({ metadata: { namespace, name } }) => (namespace ? `${namespace}/${name}` : name);

/** What the live object says of the fields that were wanted. */
function wantedOf(live, wanted) {
  if (!isMap(wanted) || !isMap(live)) return live;
  return Object.fromEntries(
    Object.keys(wanted)
      .filter((key) => key in live)
      .map((key) => [key, wantedOf(live[key], wanted[key])]),
  );
}

function changedPaths(before, after, path = "") {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isMap(before) || !isMap(after)) return [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changedPaths(before[key], after[key], path ? `${path}.${key}` : key));
}

const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function isReplacing(path, { kind }) {
  if (replacing.test(path)) return true;
  return ["ConfigMap", "Secret"].includes(kind) && /^(data|stringData|binaryData)/.test(path) && !isOn(`enable${kind}Mutable`);
}

serve(proto("provider_grpc_pb").ResourceProviderService, {
  getPluginInfo: () => message(new (proto("plugin_pb").PluginInfo)(), { setVersion: "4.34.2" }),
  checkConfig: (request) => message(new provider.CheckResponse(), { setInputs: request.getNews() }),
  diffConfig: (request) => {
    const same = isDeepStrictEqual(plain(request.getOlds()), plain(request.getNews()));
    return message(new provider.DiffResponse(), { setChanges: same ? 1 : 2 });
  },
  configure: (request) => {
    configuration = plain(request.getArgs());
    return message(new provider.ConfigureResponse(), { setSupportspreview: true, setAcceptsecrets: false, setAcceptresources: false });
  },
  check: (request) => {
    const object = plain(request.getNews());
    const response = message(new provider.CheckResponse(), { setInputs: struct(object) });
    const type = request.getUrn().split("::")[2].split("$").at(-1);
    const fail = (reason) => response.addFailures(message(new provider.CheckFailure(), { setReason: reason }));
    if (/:(helm|kustomize|yaml)\.|(Patch|List)$/.test(type)) fail(`the stand-in for the provider does not do ${type}`);
    else if (!object.apiVersion || !object.kind || !object.metadata?.name) fail("apiVersion, kind and metadata.name must be set");
    return response;
  },
  diff: (request) => {
    const wanted = plain(request.getNews());
    const paths = changedPaths(plain(request.getOldInputs()), wanted);
    const replaces = paths.filter((path) => isReplacing(path, wanted));
    return message(new provider.DiffResponse(), {
      setChanges: paths.length > 0 ? 2 : 1,
      setDiffsList: [...new Set(paths.map((path) => path.split(".")[0]))],
      setReplacesList: replaces,
      setDeletebeforereplace: replaces.length > 0,
    });
  },
  create: async (request) => {
    const wanted = plain(request.getProperties());
    const made = request.getPreview() ? wanted : await create(wanted);
    return message(new provider.CreateResponse(), { setId: request.getPreview() ? "" : idOf(made), setProperties: struct(made) });
  },
  update: async (request) => {
    const wanted = plain(request.getNews());
    return message(new provider.UpdateResponse(), { setProperties: struct(request.getPreview() ? wanted : await apply(wanted)) });
  },
  read: async (request) => {
    const wanted = plain(request.getInputs());
    try {
      const live = outputs(JSON.parse(await kubectl(["get", ...reference(wanted), "-o", "json"])));
      return message(new provider.ReadResponse(), {
        setId: request.getId(),
        setProperties: struct(live),
        setInputs: struct(wantedOf(live, wanted)),
      });
    } catch (error) {
      if (!error.absent) throw error;
      return new provider.ReadResponse();
    }
  },
  delete: async (request) => {
    await kubectl(["delete", ...reference(plain(request.getProperties())), "--ignore-not-found", "--timeout=60s"]);
    return new Empty();
  },
  invoke: (request) => {
    throw unimplemented(`the stand-in for the provider has no function ${request.getTok()}`);
  },
  cancel: () => new Empty(),
});
