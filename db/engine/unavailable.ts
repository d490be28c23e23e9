/** A statement took too long and was ended; the database is there again for the next one. */
export class StatementTooLong extends Error {
  override readonly name = "StatementTooLong";

  constructor(milliseconds: number) {
    super(
      `A statement took longer than ${milliseconds / 1000} s and was ended. What was committed stays; a transaction that ` +
        "was open is undone as a whole. The database has started again: try once more, with less at once.",
    );
  }
}

/** The database cannot be opened or has gone; the message says which one, why, and what to do. Never a password. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}
