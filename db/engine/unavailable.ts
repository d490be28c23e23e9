/** The database cannot be opened or has gone; the message says which one, why, and what to do. Never a password. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}
