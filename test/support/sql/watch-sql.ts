import { Client } from "pg";
import { afterAll } from "vitest";
import { forbiddenShapes } from "./forbidden-shapes.ts";

/**
 * Looks at every statement that a test file sends to the database, by Kysely, by cursor or by COPY, for the shapes that
 * a distributed engine refuses. The suites of the database and of the routes run with it, so that what they run is
 * what was looked at: there is no list of queries to keep.
 */
const seen = new Map<string, string[]>();
const send = Client.prototype.query;

Client.prototype.query = function watched(this: Client, ...args: unknown[]) {
  const [first] = args;
  const text = typeof first === "object" && first !== null && "text" in first ? first.text : first;
  if (typeof text === "string" && !seen.has(text)) seen.set(text, forbiddenShapes(text));
  return Reflect.apply(send, this, args);
} as typeof send;

afterAll(() => {
  const found = [...seen].flatMap(([text, shapes]) => shapes.map((shape) => `${shape}: ${text}`));
  seen.clear();
  if (found.length > 0) throw new Error(`Citus would refuse, or pull all rows for:\n${found.join("\n")}`);
});
