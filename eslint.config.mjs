import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/", "build/", "dist/", "coverage/", "lib/schema/generated/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ["error", 15],
      "max-lines": ["error", { max: 260, skipBlankLines: true, skipComments: true }],
      "no-restricted-globals": ["error", { name: "process", message: "take it from `Io`, handed in by lib/cli/main.ts" }],
      "no-restricted-syntax": ["error", { selector: "ExportDefaultDeclaration", message: "name every export" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-extraneous-class": "off",
    },
  },
  {
    // the same input gives the same bytes: no clock, no random, no locale, no network in what renders
    files: ["lib/**/*.ts", "apps/**/*.ts", "environments/**/*.ts"],
    ignores: ["lib/cli/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["process", "globalThis", "Date", "performance", "fetch", "crypto", "Intl", "setTimeout", "setInterval"].map((name) => ({
          name,
          message: "what renders is pure: take it as an input",
        })),
      ],
      "no-restricted-properties": ["error", { object: "Math", property: "random", message: "what renders is pure" }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "name every export" },
        { selector: "ExportAllDeclaration, ExportNamedDeclaration[source]", message: "no barrels: import from the owner" },
        {
          selector: "MemberExpression[property.name=/^(localeCompare|toLocale.*)$/]",
          message: "order and text must not depend on the locale",
        },
      ],
    },
  },
  { files: ["test/**/*.ts"], rules: { "max-lines": "off", "@typescript-eslint/no-non-null-assertion": "off" } },
  {
    files: ["test/**/*.ts"],
    ignores: ["test/shipped/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: ["**/shipped/*"], message: "that folder goes when the examples go" }] }],
    },
  },
);
