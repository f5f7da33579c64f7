import { expect, test } from "@jest/globals";
import { readChallenges } from "../../lib/container-registry/challenge.ts";

test.each<[string, string, ReturnType<typeof readChallenges>]>([
  ["nothing", "", []],
  ["a scheme alone", "Negotiate", [{ scheme: "negotiate", parameters: {} }]],
  ["Basic", 'Basic realm="till"', [{ scheme: "basic", parameters: { realm: "till" } }]],
  [
    "Bearer, with commas inside quotes",
    'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:acme/app:pull,push"',
    [
      {
        scheme: "bearer",
        parameters: { realm: "https://auth.example/token", service: "registry.example", scope: "repository:acme/app:pull,push" },
      },
    ],
  ],
  [
    "names in any case, blanks, plain values and escapes",
    'BEARER Realm = "https://a.example/\\"t\\"" , SERVICE=till',
    [{ scheme: "bearer", parameters: { realm: 'https://a.example/"t"', service: "till" } }],
  ],
  [
    "several challenges in one header",
    'Basic realm="till", Bearer realm="https://a.example"',
    [
      { scheme: "basic", parameters: { realm: "till" } },
      { scheme: "bearer", parameters: { realm: "https://a.example" } },
    ],
  ],
])("reads %s", (_title, header, challenges) => {
  expect(readChallenges(header)).toEqual(challenges);
});
