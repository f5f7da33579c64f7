// Stands in for Pulumi's language host for Node, which this test cannot build: runs a project's program by the SDK's own `cmd/run`, as the real one does.
// What it does not show: that the real host finds the packages, installs them, reads other runtime options than `nodeargs` and `typescript`,
// or debugs.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import process from "node:process";
import { Empty, message, proto, serve } from "./serve.mjs";

/** By which `cmd/run` says that it has told the error itself. */
const alreadyTold = 32;
const language = proto("language_pb");
let engine = process.argv.find((argument) => /^\d+(\.\d+){3}:\d+$/.test(argument));

function run(request) {
  const info = request.getInfo();
  const options = info.getOptions()?.toJavaScript() ?? {};
  const folder = info.getProgramDirectory();
  const program = createRequire(`${folder}/`).resolve("@pulumi/pulumi/cmd/run");
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    stack: request.getStack(),
    project: request.getProject(),
    organization: request.getOrganization(),
    "root-directory": info.getRootDirectory(),
    pwd: request.getPwd(),
    parallel: request.getParallel(),
  };
  const child = spawn(
    process.execPath,
    [
      ...(options.nodeargs?.split(/\s+/) ?? []),
      program,
      ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, `${value}`]),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info.getEntryPoint(),
      ...request.getArgsList(),
    ],
    {
      stdio: ["ignore", "inherit", "inherit"],
      cwd: request.getPwd(),
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: `${options.typescript !== false}`,
      },
    },
  );
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      const response = new language.RunResponse();
      if (code === alreadyTold) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with exit code ${code}`);
      resolve(response);
    });
  });
}

serve(proto("language_grpc_pb").LanguageRuntimeService, {
  handshake: (request) => {
    engine = request.getEngineAddress() || engine;
    return new language.LanguageHandshakeResponse();
  },
  getPluginInfo: () => message(new (proto("plugin_pb").PluginInfo)(), { setVersion: "3.245.0" }),
  getRequiredPlugins: () => new language.GetRequiredPluginsResponse(),
  getRequiredPackages: () => new language.GetRequiredPackagesResponse(),
  getProgramDependencies: () => new language.GetProgramDependenciesResponse(),
  runtimeOptionsPrompts: () => new language.RuntimeOptionsResponse(),
  about: () => new language.AboutResponse(),
  run,
  cancel: () => new Empty(),
});
