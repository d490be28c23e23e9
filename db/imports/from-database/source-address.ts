import { BadInput } from "../bad-input.ts";

/** Another database that cases are read from. */
export interface SourceAddress {
  /** With its password: for the connection alone. */
  url: string;
  /** Host, port and database, as it may be printed and kept: never the user or the password. */
  place: string;
}

/** @throws BadInput for what is no address of a PostgreSQL database; the sentence repeats nothing that may be secret */
export function sourceAddress(text: string): SourceAddress {
  const url = URL.parse(text);
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol))
    throw new BadInput(
      `--from is no address of a database that can be read: got ${url?.protocol ?? "text without a protocol"}, expected ` +
        "postgres://user:password@host:5432/database. From other databases, load a file that they export.",
    );
  const host = url.hostname || (url.searchParams.get("host") ?? "local socket");
  const database = decoded(url.pathname.slice(1)) || decoded(url.username);
  return { url: url.href, place: `${host}:${url.port || "5432"}/${database}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
