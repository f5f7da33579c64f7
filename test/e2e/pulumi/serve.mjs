// Serves a Pulumi plugin by gRPC on a free loopback port and prints that port, which is how the engine finds it.
import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(import.meta.url);
const sdk = createRequire(require.resolve("@pulumi/pulumi"));
const grpc = sdk("@grpc/grpc-js");

export const { Struct } = sdk("google-protobuf/google/protobuf/struct_pb.js");
export const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb.js");

/** The messages and services of the SDK: `provider_pb`, `language_grpc_pb`. */
export const proto = (name) => require(`@pulumi/pulumi/proto/${name}.js`);

/** The error by which a plugin says that it does not do something. */
export const unimplemented = (message) => Object.assign(new Error(message), { code: grpc.status.UNIMPLEMENTED });

/** @param methods - by name: takes the request, gives the response or a promise of it */
export function serve(service, methods) {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 1 << 28 });
  const handler = (method) => (call, done) => {
    Promise.resolve()
      .then(() => method(call.request))
      .then(
        (response) => done(null, response),
        (error) => done({ code: error.code ?? grpc.status.UNKNOWN, message: error.message }),
      );
  };
  server.addService(service, Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, handler(method)])));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
}

/** Calls the setters of a message: `message(new pb.PluginInfo(), { setVersion: "1.0.0" })`. */
export function message(target, values) {
  for (const [setter, value] of Object.entries(values)) target[setter](value);
  return target;
}
