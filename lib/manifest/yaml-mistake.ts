/** What the YAML reader says of a mistake, without the piece of text that it may quote: that may be a secret. */
export function yamlMistake(message: string): string {
  return message.replace(/(?<=\S): .*$/s, "");
}
