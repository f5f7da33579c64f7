import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { renderGoTemplate } from "../../lib/argocd/go-template.ts";
import type { JsonObject } from "../../lib/argocd/json-value.ts";
import { caught } from "../support/caught.ts";

const shop: JsonObject = {
  name: "bookshop",
  open: true,
  closed: false,
  shelves: 12,
  zero: 0,
  nothing: "",
  empty: {},
  none: [],
  hosts: ["a"],
  sync: { prune: false },
};

function render(template: string): string {
  return renderGoTemplate(template, shop, "the template");
}

// Each of these was evaluated by the applicationset controller's own code at v3.5.3.
describe("renderGoTemplate", () => {
  test.each([
    ["plain text", "plain text"],
    ["}} stays", "}} stays"],
    ["{{ .name }}-dev", "bookshop-dev"],
    ["{{.name}}{{\t.name\n}}", "bookshopbookshop"],
    ["{{ .name }}}", "bookshop}"],
    ["{{ .sync.prune }}", "false"],
    ["{{ .shelves }}", "12"],
    ["{{ .open }}", "true"],
    ["a  {{- .name }}  b", "abookshop  b"],
    ["a  {{ .name -}} \n b", "a  bookshopb"],
    ["a {{- .name -}}{{ .shelves }} b", "abookshop12 b"],
    ["{{ if .open }}yes{{ else }}no{{ end }}", "yes"],
    ["{{ if .closed }}yes{{ else }}no{{ end }}", "no"],
    ["{{ if .closed }}yes{{ end }}", ""],
    ["{{ if .open }}{{ if .closed }}a{{ else }}b{{ end }}{{ else }}c{{ end }}", "b"],
    ["{{ if .closed }}{{ .missing }}{{ end }}", ""],
    ["{{ if .zero }}a{{ end }}{{ if .nothing }}b{{ end }}{{ if .empty }}c{{ end }}{{ if .none }}d{{ end }}", ""],
    ["{{ if .sync }}a{{ end }}{{ if .hosts }}b{{ end }}{{ if .name }}c{{ end }}", "abc"],
    ["spec:\n  {{- if .open }}\n  open: true\n  {{- else }}\n  open: false\n  {{- end }}\n", "spec:\n  open: true\n"],
  ])("%j", (template, text) => {
    expect(render(template)).toBe(text);
  });

  test("text without braces is left as it is", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("{{")),
        (text) => {
          expect(render(text)).toBe(text);
        },
      ),
    );
  });

  test("what a parameter says is never read as a template", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(renderGoTemplate("<{{ .text }}>", { text }, "the template")).toBe(`<${text}>`);
      }),
    );
  });

  test("fails on a missing parameter, and lists the others", () => {
    expect(caught(() => render("{{ .nane }}"))).toBe(
      "the template uses '.nane', but the element has no '.nane'\nhint: give it to every element; there is 'name', 'none', 'sync', 'open', 'zero'",
    );
    expect(caught(() => render("{{ if .sync.selfHeal }}{{ end }}"))).toBe(
      "the template uses '.sync.selfHeal', but the element has no '.sync.selfHeal'\nhint: give it to every element; there is 'prune'",
    );
  });

  test("fails on a field of what has none", () => {
    expect(caught(() => render("{{ .name.length }}"))).toBe("the template uses '.name.length', but '.name' has no fields");
    expect(caught(() => render("{{ .hosts.length }}"))).toBe("the template uses '.hosts.length', but '.hosts' has no fields");
  });

  test("fails on what every object has by nature", () => {
    expect(caught(() => render("{{ .constructor }}"))).toMatch(
      /^the template uses '\.constructor', but the element has no '\.constructor'/,
    );
  });

  test.each([{ rooms: 1_000_000 }, { rooms: 0.5 }, { rooms: { attic: 1 } }, { rooms: ["attic"] }])("fails to write %j", (parameters) => {
    expect(caught(() => renderGoTemplate("{{ .rooms }}", parameters, "the template"))).toBe(
      "the template writes '.rooms', which is neither text, nor a whole number below a million, nor true or false\nhint: give it as text",
    );
  });

  test.each([
    "{{ range .hosts }}",
    "{{ . }}",
    "{{ .name | upper }}",
    '{{ if eq .name "bookshop" }}',
    "{{ if $open }}",
    "{{ if true }}",
    "{{ else if .open }}",
    "{{ with .sync }}",
    "{{/* a comment */}}",
    '{{ "text" }}',
    "{{ $.name }}",
    "{{-}}",
    "{{ else }}",
    "{{ end }}",
    "{{ the end }}",
  ])("fails on %s", (construct) => {
    expect(caught(() => render(`a ${construct} b`))).toBe(
      `the template uses '${construct}', which cannot be evaluated offline\nhint: use {{ .field }}, {{ if .field }}, {{ else }} and {{ end }} only`,
    );
  });

  test("fails on a second else", () => {
    expect(caught(() => render("{{ if .open }}a{{ else }}b{{ else }}c{{ end }}"))).toMatch(
      /^the template uses '\{\{ else \}\}', which cannot/,
    );
  });

  test("fails when something is not closed", () => {
    expect(caught(() => render("{{ .name"))).toBe("the template has a '{{' that is not closed");
    expect(caught(() => render("{{ if .open }}a"))).toBe("the template has an 'if' without an 'end'");
    expect(caught(() => render("{{ if .open }}a{{ else }}b"))).toBe("the template has an 'if' without an 'end'");
  });
});
