/** `pg-cursor` comes without types; these are the parts that Kysely and the tests use. */
declare module "pg-cursor" {
  import type { Connection, Submittable } from "pg";

  export default class Cursor<Row> implements Submittable {
    constructor(text: string, values?: unknown[]);
    submit(connection: Connection): void;
    read(maxRows: number): Promise<Row[]>;
    close(): Promise<void>;
  }
}
