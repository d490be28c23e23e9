/**
 * SQL as far as it takes to see which tables a statement joins, and how: a tree of query levels. It reads what Kysely
 * compiles and what we write, and is no validator.
 */
export interface Level {
  /** Without the queries inside it, which stand in their places. */
  parts: Part[];
  ctes: { name: string; recursive: boolean; query: Query }[];
  refs: Ref[];
}

/** Levels joined by UNION and the like. */
export interface Query {
  levels: Level[];
}

export type Part = { text: string; depth: number } | { query: Query; depth: number };

/** What stands in FROM, JOIN, USING, or is written to. */
export interface Ref {
  alias: string;
  table: string | null;
  query: Query | null;
  lateral: boolean;
  /** It is written to, not read. */
  target: boolean;
}

export function parseSql(sql: string): Query {
  const tokens = tokensOf(sql);
  const position = { at: 0 };
  return queryOf(readParts(tokens, position, 0));
}

/** Words in lower case, names without their quotes, strings as `''`; no comments. */
function tokensOf(sql: string): string[] {
  const pattern =
    /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"((?:[^"]|"")*)"|\$\d+|::|[a-z_][\w$]*|\d[\w.]*|\S/giu;
  const tokens: string[] = [];
  for (const [token, quoted] of sql.matchAll(pattern)) {
    if (token.startsWith("--") || token.startsWith("/*")) continue;
    if (token.startsWith("'")) tokens.push("''");
    else tokens.push(quoted?.replaceAll(/\W/gu, "_") ?? token.toLowerCase());
  }
  return tokens;
}

const queryWords = new Set(["select", "with", "insert", "update", "delete", "values"]);

function readParts(tokens: readonly string[], position: { at: number }, depth: number): Part[] {
  const parts: Part[] = [];
  while (position.at < tokens.length) {
    const token = tokens[position.at++]!;
    if (token === ")") break;
    if (token !== "(") {
      parts.push({ text: token, depth });
      continue;
    }
    const isQuery = queryWords.has(tokens[position.at] ?? "");
    const inner = readParts(tokens, position, isQuery ? 0 : depth + 1);
    if (isQuery) parts.push({ query: queryOf(inner), depth });
    else parts.push({ text: "(", depth }, ...inner, { text: ")", depth });
  }
  return parts;
}

function queryOf(parts: Part[]): Query {
  const { ctes, rest } = takeCtes(parts);
  const levels: Part[][] = [[]];
  for (const [i, part] of rest.entries()) {
    const word = wordAt(rest, i);
    if (part.depth === 0 && /^(union|intersect|except)$/.test(word)) levels.push([]);
    // INSERT INTO … SELECT: the rows come from a level of their own.
    else if (part.depth === 0 && word === "select" && levels.at(-1)!.some((p) => textOf(p) === "insert"))
      levels.push([part]);
    else levels.at(-1)!.push(part);
  }
  return { levels: levels.map((own) => ({ parts: own, ctes, refs: refsOf(own) })) };
}

function takeCtes(parts: Part[]): { ctes: Level["ctes"]; rest: Part[] } {
  if (wordAt(parts, 0) !== "with") return { ctes: [], rest: parts };
  const recursive = wordAt(parts, 1) === "recursive";
  const ctes: Level["ctes"] = [];
  let at = recursive ? 2 : 1;
  for (;;) {
    const name = wordAt(parts, at);
    while (at < parts.length && !("query" in parts[at]!)) at++;
    const part = parts[at++];
    if (part === undefined || !("query" in part)) return { ctes, rest: [] };
    ctes.push({ name, recursive, query: part.query });
    if (wordAt(parts, at) !== ",") return { ctes, rest: parts.slice(at) };
    at++;
  }
}

export function textOf(part: Part | undefined): string {
  return part !== undefined && "text" in part ? part.text : "";
}

export function wordAt(parts: readonly Part[], at: number): string {
  return textOf(parts[at]);
}

const noAlias =
  /^(on|where|set|join|left|right|full|inner|cross|natural|group|order|limit|having|for|using|returning|values|select|window|offset|fetch|default|overriding|do|from|when|tablesample)$/;

function refsOf(parts: readonly Part[]): Ref[] {
  const refs: Ref[] = [];
  let inFrom = false;
  for (let at = 0; at < parts.length; at++) {
    const word = wordAt(parts, at);
    if (parts[at]!.depth > 0) continue;
    const before = wordAt(parts, at - 1);
    const isWritten =
      word === "into" || (word === "update" && at === 0) || (word === "from" && before === "delete");
    const begins = word === "from" ? before !== "distinct" : /^(join|into)$/.test(word);
    const usesTable = word === "using" && wordAt(parts, 0) === "delete";
    if (!isWritten && !begins && !usesTable && !(word === "," && inFrom)) {
      if (/^(where|group|order|limit|having|set|returning|select|window|for)$/.test(word)) inFrom = false;
      continue;
    }
    if (word === "from" || usesTable) inFrom = true;
    refs.push(refAt(parts, at + 1, isWritten));
  }
  return refs;
}

function refAt(parts: readonly Part[], start: number, target: boolean): Ref {
  let at = start;
  const lateral = wordAt(parts, at) === "lateral";
  while (/^(lateral|only)$/.test(wordAt(parts, at))) at++;
  const part = parts[at];
  const query = part !== undefined && "query" in part ? part.query : null;
  let table = query === null ? wordAt(parts, at) : null;
  at++;
  while (table !== null && wordAt(parts, at) === ".") {
    table = wordAt(parts, at + 1);
    at += 2;
  }
  const isFunction = query === null && wordAt(parts, at) === "(" && !target;
  if (isFunction) while (at < parts.length && !(wordAt(parts, at) === ")" && parts[at]!.depth === 0)) at++;
  if (isFunction) at++;
  if (wordAt(parts, at) === "as") at++;
  const name = wordAt(parts, at);
  const alias = /^[\w$]+$/u.test(name) && !noAlias.test(name) ? name : (table ?? "");
  return { alias, table: isFunction ? null : table, query, lateral, target };
}
