import { UserError } from "../errors/user-error.ts";
import { Value } from "./value.ts";

/** What `console.log` and node's own messages call for. @see https://nodejs.org/api/util.html#utilinspectcustom */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * A value that is nobody's to read: a password, a token, a key. It is no string to the compiler, a copy or a spread of it is empty, printing it
 * shows `[secret]`, and making text or JSON of it is an error; only {@link SecretValue.reveal} gives it away.
 */
export class SecretValue<T extends string | Uint8Array = string> extends Value {
  readonly #value: T;

  private constructor(value: T) {
    super();
    this.#value = value;
  }

  /** Takes charge of a value. */
  static of<T extends string | Uint8Array>(value: T): SecretValue<T> {
    return new SecretValue(value);
  }

  /** The value itself, for the one place that hands it on: to Pulumi's `secret`, or to a cipher. */
  reveal(): T {
    return this.#value;
  }

  /** @throws UserError always */
  override toString(): never {
    throw secretLeaves("become text");
  }

  /** @throws UserError always */
  toJSON(): never {
    throw secretLeaves("become JSON");
  }

  [inspect](): string {
    return "[secret]";
  }
}

/**
 * The mistake of letting a secret value out.
 *
 * @param where - where it was about to go, after "a secret value was about to"
 */
export function secretLeaves(where: string, at?: UserError["at"]): UserError {
  return new UserError(`a secret value was about to ${where}`, {
    hint: "what is rendered is committed for everybody to read: name a key of a Secret with EnvVar.secretKey, and let an external or a sealed secret make it",
    ...(at && { at }),
  });
}
