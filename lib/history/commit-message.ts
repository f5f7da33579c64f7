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
  const parts = [subject, body ?? "", trailers.map(([key, value]) => `${key}: ${value.replaceAll(/\s*[\r\n]+\s*/g, " ")}`).join("\n")];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
