import { defineRepository } from "../lib/definition/repository.ts";
import { organization } from "./organization.ts";

export const repository = defineRepository({
  url: `https://github.com/${organization.name}/keelson-gitops.git`,
  branch: "main",
  output: "dist",
});
