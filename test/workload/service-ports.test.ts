import { describe, expect, test } from "@jest/globals";
import { WebService } from "../../lib/workload/web-service.ts";
import { caught } from "../support/caught.ts";
import { find, renderUnit } from "./rendered-unit.ts";

describe("toServicePorts", () => {
  test("lead to the container's ports by name, in the order given", () => {
    expect(find(renderUnit(WebService, { port: 80, ports: { web: 81, admin: 9091 } }), "Service catalogue").spec).toMatchObject({
      ports: [
        { name: "http", port: 80, targetPort: "http" },
        { name: "web", port: 81, targetPort: "web" },
        { name: "admin", port: 9091, targetPort: "admin" },
      ],
    });
  });

  test("fails for two ports of one number", () => {
    expect(caught(() => renderUnit(WebService, { ports: { metrics: 8080 } }))).toBe(
      "the ports 'http' and 'metrics' of 'catalogue' have the same number 8080\nhint: give one of them another number, or leave it out",
    );
  });
});
