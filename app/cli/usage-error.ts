/** The command was called in a way that it does not know; the sentence says what was expected. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
