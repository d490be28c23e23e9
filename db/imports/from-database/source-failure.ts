import { BadInput } from "../bad-input.ts";

/** The other database does not answer, or lets nobody in. The message names its place, never its password. */
export class SourceUnavailable extends Error {
  override readonly name = "SourceUnavailable";
}

/** What went wrong with another database, in a sentence; what was not foreseen stays as it is. */
export function explainSource(error: unknown, place: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = codeOf(error);
  const unavailable = unavailableReasons.find(({ codes }) => codes.includes(code ?? error.message));
  if (unavailable !== undefined)
    return new SourceUnavailable(`${unavailable.text} (${place}). ${unavailable.advice}`, { cause: error });
  const refused = refusals.find(({ codes }) => codes.includes(code ?? ""));
  if (refused !== undefined)
    return new BadInput(`${refused.text} (${place}: ${error.message}). ${refused.advice}`, { cause: error });
  // Classes 22, 42 and 0A: what the query says can't be done there.
  if (/^(?:22|42|0A|08P)/.test(code ?? ""))
    return new BadInput(
      `The database can't do this query (${place}: ${error.message}). Expected one SELECT over tables that are there.`,
      { cause: error },
    );
  return error;
}

const check = "Check that the server runs and that --from names it.";

/** By SQLSTATE, system error code, or message where `pg` gives no code. */
const unavailableReasons = [
  {
    text: "The other database does not answer",
    advice: check,
    codes: [
      "ECONNREFUSED",
      "ECONNRESET",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "ETIMEDOUT",
      "ENOENT",
      "EPIPE",
      "timeout expired",
      "Connection terminated unexpectedly",
      "57P01",
      "57P02",
      "57P03",
    ],
  },
  { text: "The host of the other database is unknown", advice: check, codes: ["ENOTFOUND", "EAI_AGAIN"] },
  {
    text: "The other database refuses this user or password",
    advice: "Check both in --from, and the server's pg_hba.conf.",
    codes: ["28P01", "28000"],
  },
  { text: "The other server has no database of this name", advice: "Correct --from.", codes: ["3D000"] },
  { text: "The other database has no connection left for us", advice: "Try again later.", codes: ["53300"] },
];

const refusals = [
  {
    text: "The query would change the database, and it is read only here",
    advice: "Expected a query that only reads.",
    codes: ["25006"],
  },
  {
    text: "The query took longer than 60 s for the next rows and was ended",
    advice: "Ask for less at once, or give the tables an index on their updated-at.",
    codes: ["57014"],
  },
  {
    text: "A table stayed locked by others for 5 s",
    advice: "Try again when they are done.",
    codes: ["55P03"],
  },
  {
    text: "This user may not read a table of the query",
    advice: "Grant SELECT on it.",
    codes: ["42501"],
  },
];

/** A host with several addresses fails with an AggregateError; its code stands in the single errors. */
function codeOf(error: Error): string | undefined {
  if ("code" in error && typeof error.code === "string") return error.code;
  if (!(error instanceof AggregateError)) return undefined;
  const [first]: unknown[] = error.errors;
  return first instanceof Error ? codeOf(first) : undefined;
}
