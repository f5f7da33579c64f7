import type { trailer } from "./trailers.ts";

/** What a commit that Keelson makes says. */
export interface CommitMessage {
  /** Its first line: `promote: order-service def5678 to staging`. */
  readonly subject: string;
  /** Lines between subject and trailers. @default none */
  readonly body?: string;
  /** In their order; each value one line. */
  readonly trailers: readonly (readonly [key: (typeof trailer)[keyof typeof trailer], value: string])[];
}

/** The whole text, as git takes it. */
export function commitText({ subject, body, trailers }: CommitMessage): string {
  const parts = [subject, body ?? "", trailers.map(([key, value]) => `${key}: ${onOneLine(value)}`).join("\n")];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** No end of a line, and no other control character: what a terminal or a reader of the log would take for more than text. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s*[\p{Cc}\u2028\u2029]+\s*/gu, " ").trim();
}
