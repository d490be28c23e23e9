/** A whole file that cannot be loaded. The message is for people: what was got, what was expected, what to do. */
export class BadInput extends Error {
  override readonly name: string = "BadInput";
}

/** There is nothing to read at that path. */
export class NoInputFile extends BadInput {
  override readonly name = "NoInputFile";
}
