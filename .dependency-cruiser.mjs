/** Imports go one way; see docs/architecture.md. Run by test/layers.mjs, which also fails when no module was seen. */
const constructs = "^lib/(workload|namespace|argocd|traffic|secrets|observability|admission)/";

const mayImport = (name, from, allowed, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from },
  to: { path: "^(lib|apps|environments|test)/", pathNot: [...(Array.isArray(from) ? from : [from]), ...allowed] },
});

export default {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    mayImport("errors-import-nothing", "^lib/errors/", [], "errors stand alone"),
    mayImport(
      "definition-is-the-ground",
      "^lib/definition/",
      ["^lib/errors/"],
      "what people write with knows nothing of what is made of it",
    ),
    mayImport("manifest-below-everything-rendered", "^lib/manifest/", ["^lib/(definition|errors)/"], "the value at the seam"),
    mayImport("overlay", "^lib/overlay/", ["^lib/(definition|errors)/"], "props and changes, nothing rendered"),
    mayImport("git", "^lib/git/", ["^lib/errors/"], "a local clone, whatever is in it"),
    mayImport("cluster", "^lib/cluster/", ["^lib/(definition|errors|manifest|git)/"], "what live clusters hold, whoever asks"),
    mayImport("image", "^lib/image/", ["^lib/(definition|errors|manifest)/"], "pins, nothing rendered"),
    mayImport("history", "^lib/history/", ["^lib/(definition|errors|manifest|git|image)/"], "what moved when, from Git alone"),
    mayImport("hold", "^lib/hold/", ["^lib/(definition|errors|manifest)/"], "what does not move for a while"),
    mayImport(
      "evidence",
      "^lib/evidence/",
      ["^lib/(definition|errors|manifest|git|image|cluster)/"],
      "what was seen of what was delivered",
    ),
    mayImport(
      "promotion",
      "^lib/promotion/",
      ["^lib/(definition|errors|manifest|git|image|history|hold|evidence)/"],
      "which pins move on, and what stands in the way",
    ),
    mayImport(
      "rollback",
      "^lib/rollback/",
      ["^lib/(definition|errors|manifest|git|image|history|hold|evidence)/"],
      "which pins to go back to, and what that does not undo",
    ),
    mayImport("container-registry", "^lib/container-registry/", ["^lib/(errors|image)/"], "what a registry says of an image"),
    mayImport("ownership", "^lib/ownership/", ["^lib/(definition|errors|manifest)/"], "who reviews what"),
    mayImport("scaffold", "^lib/scaffold/", ["^lib/(definition|errors|manifest)/"], "first files of what is new"),
    mayImport("sealing", "^lib/sealing/", ["^lib/(definition|errors|manifest)/"], "ciphertexts, nothing rendered"),
    mayImport("constructs", constructs, ["^lib/(definition|errors|manifest)/"], "constructs know neither the line nor the CLI"),
    mayImport("schema", "^lib/schema/", ["^lib/(errors|manifest)/"], "what API servers take, compiled from what they publish"),
    mayImport(
      "validation-reads-manifests",
      "^lib/validation/",
      ["^lib/(definition|errors|manifest|schema)/"],
      "rules see documents, not constructs",
    ),
    mayImport(
      "line",
      "^lib/synth/",
      ["^lib/(definition|errors|manifest|overlay|image|sealing|hold|validation)/", constructs],
      "the line does not know the CLI or the registries",
    ),
    mayImport(
      "commands",
      "^lib/cli/(?!load-definitions\\.ts)",
      [
        "^lib/cli/",
        "^lib/(definition|errors|manifest|image|sealing|git|history|hold|evidence|promotion|rollback|container-registry|ownership|scaffold|cluster|experiment|preflight|synth|validation)/",
      ],
      "commands are prefixes of the line",
    ),
    mayImport(
      "one-file-reads-the-registries",
      "^lib/cli/load-definitions\\.ts",
      ["^lib/definition/", "^apps/registry\\.ts", "^environments/(registry|organization|repository)\\.ts"],
      "nobody else in lib/ imports what people wrote",
    ),
    mayImport("experiment", "^lib/experiment/", ["^lib/(definition|errors|manifest|git|cluster)/"], "trials on a live cluster"),
    mayImport("preflight", "^lib/preflight/", ["^lib/(definition|errors|manifest|git|cluster)/"], "is everything ready for a go-live"),
    mayImport(
      "bootstrap",
      "^lib/bootstrap/",
      [
        "^lib/(definition|errors|manifest|image|synth|argocd|cluster)/",
        "^lib/cli/(io|load-definitions|print-issues|process-io|project-files|read-line-input|report-error)\\.ts",
      ],
      "the Pulumi program, and the command around it",
    ),
    {
      name: "pulumi-stays-with-the-bootstrap",
      severity: "error",
      comment: "it is slow to load, and nothing else needs it",
      from: { path: "^(lib|apps|environments)/", pathNot: "^lib/bootstrap/(index|control-plane|repository-secret)\\.ts" },
      to: { path: "node_modules/@pulumi/" },
    },
    mayImport("apps-and-environments", ["^apps/", "^environments/"], ["^lib/(definition)/", constructs], "data, no logic"),
    {
      name: "files-behind-one-module-each",
      severity: "error",
      comment: "what renders is pure: of node's own modules only these are let in",
      from: {
        path: "^(lib|apps|environments)/",
        pathNot:
          "^lib/(synth/output-folder\\.ts|schema/load-validators\\.ts|git/|cluster/connect\\.ts|bootstrap/(index|cli|pulumi-cli)\\.ts|cli/)",
      },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "every-folder-has-a-place",
      severity: "error",
      comment: "a new folder of lib/ says here what it may import",
      from: {
        path: "^lib/(?!(definition|errors|manifest|overlay|image|sealing|workload|namespace|argocd|traffic|secrets|observability|admission|schema|synth|validation|git|history|hold|evidence|promotion|rollback|container-registry|ownership|scaffold|cluster|experiment|preflight|bootstrap|cli)/)",
      },
      to: { path: "^(lib|apps|environments)/" },
    },
    {
      name: "only-declared-dependencies",
      severity: "error",
      from: { path: "^(lib|apps|environments)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "npm-optional"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".mjs", ".js"], conditionNames: ["import", "node", "default"] },
  },
};
