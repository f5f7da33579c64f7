import { describe, expect, test } from "@jest/globals";
import { SecurityExemption } from "../../lib/workload/security-exemption.ts";
import type { PodProps } from "../../lib/workload/pod-template.ts";
import { Probe } from "../../lib/workload/probe.ts";
import { Volume } from "../../lib/workload/volume.ts";
import { Worker } from "../../lib/workload/worker.ts";
import { caught } from "../support/caught.ts";
import { bookshopContext } from "../support/unit-context.ts";
import { everyPodProp, everyPodTemplate } from "./every-pod-prop.ts";
import { expectEveryPropToCount, podOf, renderUnit } from "./rendered-unit.ts";

const render = (props: PodProps, context = bookshopContext()) => podOf(renderUnit(Worker, props, context), "Deployment catalogue");

describe("podTemplate", () => {
  test("minimal props: one restricted container, an account of its own, no annotation", () => {
    expect(render({})).toEqual({
      metadata: {
        labels: {
          "app.kubernetes.io/name": "catalogue",
          "app.kubernetes.io/part-of": "bookshop",
          "keelson.dev/track": "stable",
        },
      },
      spec: {
        serviceAccountName: "catalogue",
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: "catalogue",
            image: "registry.example/bookshop/catalogue:sha-1234567",
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true },
          },
        ],
      },
    });
  });

  test("every prop reaches the manifest", () => {
    const ports = [
      { name: "grpc", containerPort: 9090 },
      { name: "admin", containerPort: 9091 },
    ];
    expect(render(everyPodProp)).toEqual(everyPodTemplate({ ports }));
    expectEveryPropToCount<PodProps>((props) => renderUnit(Worker, props), everyPodProp);
  });

  test("empty lists and maps say nothing", () => {
    const empty = { containers: {}, initContainers: {}, volumes: {}, imagePullSecrets: [], podLabels: {}, podAnnotations: {} };
    expect(render(empty)).toEqual(render({}));
  });

  test("init containers run in the order given, the main container stands first of the others", () => {
    const { containers, initContainers } = render({
      initContainers: { unpack: {}, fetch: {}, check: {} },
      containers: { "log-shipper": {}, cache: {} },
    }).spec;
    expect(initContainers?.map(({ name }) => name)).toEqual(["unpack", "fetch", "check"]);
    expect(containers.map(({ name }) => name)).toEqual(["catalogue", "log-shipper", "cache"]);
  });

  test("takes a pin for each container that does not run the main image, and no pin twice", () => {
    const taken: string[] = [];
    const images = {
      take: (container = "the main one") => {
        taken.push(container);
        return `registry.example/${container}:1.0.0`;
      },
    };
    render({ containers: { cache: {}, "log-shipper": { mainImage: true } }, initContainers: { unpack: {} } }, bookshopContext({ images }));
    expect(taken.sort()).toEqual(["cache", "the main one", "unpack"]);
  });

  test("runs as root where an exemption says why", () => {
    const securityExemption = SecurityExemption.because("changes owners", { pod: { runAsNonRoot: false } });
    expect(render({ runAsUser: 0, securityExemption }).spec).toMatchObject({ securityContext: { runAsUser: 0, runAsNonRoot: false } });
  });

  test("fails for root without an exemption", () => {
    expect(caught(() => render({ runAsUser: 0 }))).toBe(
      "the containers are to run as root, which the restricted Pod Security Standard refuses\n" +
        "hint: give runAsUser another number, or securityExemption a reason",
    );
  });

  test.each([{ containers: { catalogue: {} } }, { initContainers: { catalogue: {} } }])(
    "fails for a second container of the name: %p",
    (props) => {
      expect(caught(() => render(props))).toBe(
        "two containers are called 'catalogue'\nhint: the main container has the service's own name",
      );
    },
  );

  test("fails for an init container of another's name", () => {
    expect(caught(() => render({ containers: { cache: {} }, initContainers: { cache: {} } }))).toBe(
      "two containers are called 'cache'\nhint: the main container has the service's own name",
    );
  });

  test.each([
    ["container", "Log_Shipper", { containers: { Log_Shipper: {} } }],
    ["container", "un.pack", { initContainers: { "un.pack": {} } }],
    ["volume", "/tmp", { volumes: { "/tmp": Volume.emptyDir() } }],
  ])("fails for the %s name '%s'", (what, name, props) => {
    expect(caught(() => render(props))).toBe(
      `the ${what} name '${name}' cannot be used\n` +
        "hint: use at most 63 lower-case letters, digits and '-', starting with a letter and ending with a letter or digit",
    );
  });

  test.each([
    { readinessProbe: Probe.exec(["/bin/true"]) },
    { livenessProbe: Probe.exec(["/bin/true"]) },
    { startupProbe: Probe.exec(["/bin/true"]) },
    { preStop: ["/bin/true"] },
  ])("fails for an init container that ends and has %p", (props) => {
    expect(caught(() => render({ initContainers: { unpack: props } }))).toBe(
      "init container 'unpack' has a probe or preStop, and ends before the others start\n" +
        'hint: leave them out, or let it go on running with restartPolicy: "Always"',
    );
  });

  test("fails for a mount of a volume that the Pod has not, in any container", () => {
    const volumes = { tmp: Volume.emptyDir(), covers: Volume.secret("covers") };
    expect(caught(() => render({ volumes, volumeMounts: { "/tmp": "temp" } }))).toBe(
      "container 'catalogue' mounts volume 'temp', which the Pod has not\nhint: its volumes are: 'tmp', 'covers'",
    );
    expect(caught(() => render({ initContainers: { unpack: { volumeMounts: { "/tmp": "temp" } } } }))).toBe(
      "container 'unpack' mounts volume 'temp', which the Pod has not\nhint: its volumes are: none",
    );
  });

  test("fails for a volume with the name of the one for config files", () => {
    const configFiles = { "/etc/prices": "" };
    expect(caught(() => render({ configFiles, volumes: { "config-files": Volume.emptyDir() } }))).toBe(
      "two volumes are called 'config-files'\nhint: claims are volumes too, and configFiles come in 'config-files'",
    );
  });
});
