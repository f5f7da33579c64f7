/** An API server answered, and not what it was asked for: it is overloaded, say, or a webhook that it needs is down. */
export class ApiError extends Error {
  override readonly name = "ApiError";
}
