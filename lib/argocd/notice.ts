import { compareVersions } from "../definition/compare-versions.ts";
import { quotedLine } from "../manifest/quoted-line.ts";
import type { JsonObject } from "./json-value.ts";

/** The first Argo CD whose UI shows notices; to an older one they are annotations like any other. */
const noticeSince = "3.5";

/** Argo CD cuts longer texts. */
const longestContent = 500;

const prefix = "notice.argocd.argoproj.io";

/** What people see at an Application in Argo CD's UI. */
export interface Notice {
  /** Plain text. */
  readonly content: string;
  readonly severity: "info" | "warning" | "critical";
  /** Where the text leads to. @default nowhere */
  readonly url?: string | undefined;
}

/** Whether the targeted Argo CD shows notices. */
export function showsNotices(argocdVersion: string): boolean {
  return compareVersions(argocdVersion, noticeSince) >= 0;
}

/**
 * The annotations of a notice that stays until it is taken out of Git; nobody can dismiss it.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-notice/
 */
export function noticeAnnotations({ content, severity, url }: Notice): Readonly<Record<string, string>> {
  return {
    [`${prefix}/content`]: shortened(content),
    [`${prefix}/permanent`]: "true",
    [`${prefix}/severity`]: severity,
    ...(url !== undefined && { [`${prefix}/url`]: url }),
  };
}

/** A `templatePatch` that gives each Application the notice of its list element; give each element {@link noticeElement}. */
export const noticePatch = `{{- if .notice }}
metadata:
  annotations:
    ${prefix}/content: {{ .notice.content }}
    ${prefix}/permanent: "true"
    ${prefix}/severity: {{ .notice.severity }}
    {{- if .notice.url }}
    ${prefix}/url: {{ .notice.url }}
    {{- end }}
{{- end }}
`;

/** The part of a list element that {@link noticePatch} reads: texts of people stand there as YAML. */
export function noticeElement(notice: Notice | undefined): JsonObject {
  if (notice === undefined) return { notice: false };
  const { content, severity, url } = notice;
  return { notice: { content: quotedLine(shortened(content)), severity, url: url === undefined ? "" : quotedLine(url) } };
}

function shortened(content: string): string {
  if (content.length <= longestContent) return content;
  // never half a character
  return `${content.slice(0, longestContent - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
