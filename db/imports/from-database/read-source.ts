import { Client, type FieldDef, type QueryArrayConfig, type QueryConfig } from "pg";
import { typeParsers } from "../../engine/types.ts";
import { BadInput } from "../bad-input.ts";
import type { SourceAddress } from "./source-address.ts";
import { explainSource } from "./source-failure.ts";

/** Rows of another database, in the order of its columns; each value as its text, "" for null. */
export interface SourceRows {
  columns: string[];
  rows: string[][];
  /** The latest updated-at of them; `null`: none has one. */
  latest: string | null;
}

/** The column that a query must give: when its row last changed. It is not kept. */
export const updatedAt = "updated_at";

const connectMilliseconds = 5_000;
/** A row may have 1 MB. */
const rowsPerFetch = 200;
const timestamptz = 1184;

/**
 * Reads what a query gives, in pieces, so that memory stays bounded. The session can only read, and waits for no
 * statement longer than a minute, for no lock longer than 5 seconds.
 * @param query one SELECT; its `$1`, where it has one, is the cursor: a timestamptz, or null for all
 * @throws BadInput for a query that can't be done, SourceUnavailable
 */
export async function* readSource(
  { url, place }: SourceAddress,
  query: string,
  cursor: string | null,
): AsyncGenerator<SourceRows & { startedAt: string }, void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: connectMilliseconds,
    application_name: "fixtwice import",
    types: typeParsers,
  });
  client.on("error", () => {}); // a connection that breaks fails the query at hand, which says so
  try {
    await client.connect();
    const startedAt = await beginReading(client);
    await declareCursor(client, query, cursor);
    for (;;) {
      const fetched = await client.query<unknown[]>(fetchNext);
      yield { ...rowsOf(fetched), startedAt };
      if (fetched.rows.length < rowsPerFetch) return;
    }
  } catch (error) {
    throw explainSource(error, place);
  } finally {
    await client.end().catch(() => undefined); // the reading has ended, however the connection does
  }
}

const fetchNext: QueryArrayConfig = { text: `fetch forward ${rowsPerFetch} from source`, rowMode: "array" };

/** Gives the server's time. */
async function beginReading(client: Client): Promise<string> {
  await client.query("set session characteristics as transaction read only");
  await client.query("set default_transaction_read_only = on");
  await client.query("set statement_timeout = '60s'; set lock_timeout = '5s'; set timezone = 'UTC'");
  await client.query("begin isolation level repeatable read read only");
  const { rows } = await client.query<{ now: string }>("select now() as now");
  return rows[0]?.now ?? "";
}

/** A cursor of SQL's own: each piece is a statement with a time limit of its own, and nothing but a SELECT can be one. */
async function declareCursor(client: Client, query: string, cursor: string | null): Promise<void> {
  const one = query.trim().replace(/;\s*$/, "");
  await client.query({
    text: `declare source no scroll cursor for ${one}`,
    values: /\$1\b/.test(one) ? [cursor] : [],
    queryMode: "extended", // one statement only, also without a value
  } as QueryConfig); // the types don't know queryMode
}

function rowsOf({ fields, rows }: { fields: FieldDef[]; rows: unknown[][] }): SourceRows {
  const at = fields.findIndex(({ name }) => name === updatedAt);
  if (at === -1 || fields[at]?.dataTypeID !== timestamptz)
    throw new BadInput(
      `The query gives ${at === -1 ? "no column named" : "another type than timestamptz in"} “${updatedAt}”; expected one, ` +
        "so that the next load reads only what changed since. A time without a zone becomes one by “at time zone 'UTC'”.",
    );
  const instants = rows.flatMap((row) => (isInstant(row[at]) ? [row[at]] : []));
  return {
    columns: fields.flatMap(({ name }, i) => (i === at ? [] : [name])),
    rows: rows.map((row) => row.filter((_, i) => i !== at).map(textOf)),
    latest: instants.length === 0 ? null : instants.reduce((a, b) => (b > a ? b : a)),
  };
}

/** Not `infinity`, behind which nothing would be read any more. */
function isInstant(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-.*Z$/.test(value);
}

/** As a cell of a file would have it; a list is joined as in our own export. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return value.map(String).join("|");
  return typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}
