/** `pg-copy-streams` comes without types; these are the parts that are used. */
declare module "pg-copy-streams" {
  import type { Readable, Writable } from "node:stream";
  import type { Connection, Submittable } from "pg";

  interface CopyFromStream extends Writable, Submittable {
    /** Rows that the COPY has stored, once it is finished. */
    rowCount: number;
    submit(connection: Connection): void;
  }

  interface CopyToStream extends Readable, Submittable {
    submit(connection: Connection): void;
  }

  export function from(statement: string): CopyFromStream;
  export function to(statement: string): CopyToStream;
}
