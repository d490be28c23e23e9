import { tablesByCase } from "#db/distribute.ts";
import { type Level, type Part, parseSql, type Query, type Ref, textOf, wordAt } from "./parse-levels.ts";

/** What a distributed engine refuses, or does by pulling all rows to one machine: the numbers of docs/decisions/015. */
export type Shape =
  | "1 grouping sets over distributed rows"
  | "2 conflict target without case_id"
  | "3 foreign key of a distributed table"
  | "4 join of distributed rows other than by case_id"
  | "5 recursion over distributed rows"
  | "6 lock of many distributed rows"
  | "7 change of case_id, or merge"
  | "8 trigger on a distributed table"
  | "9 rows pulled to one machine";

const distributed: ReadonlySet<string> = new Set(tablesByCase);

/** The forbidden shapes that a statement has. Those of a statement without a distributed table are none. */
export function forbiddenShapes(sql: string): Shape[] {
  if (![...distributed].some((table) => sql.includes(table))) return [];
  const query = parseSql(sql);
  return [...new Set([...schemaShapes(query), ...shapesOf(query, [])])];
}

/** A level with what is known around it. */
interface Around {
  level: Level;
  /** Common table expressions by name: whether their rows are distributed and not yet aggregated. */
  raw: ReadonlyMap<string, boolean>;
}

function shapesOf(query: Query, outer: readonly Around[]): Shape[] {
  const raw = new Map(outer.at(-1)?.raw);
  const shapes: Shape[] = [];
  for (const { name, query: body, recursive } of query.levels[0]?.ctes ?? []) {
    if (recursive && mentions(body, name) && touches(body)) shapes.push("5 recursion over distributed rows");
    shapes.push(...shapesOf(body, [{ level: query.levels[0]!, raw }]));
    raw.set(name, isRaw(body, raw));
  }
  for (const level of query.levels) {
    shapes.push(...shapesOfLevel({ level, raw }, outer));
    // Of INSERT … SELECT the end stands behind the level that the rows come from.
    if (level.refs.some((ref) => ref.target && isDistributed(ref, raw)))
      shapes.push(...shapesOfWrite(textOfAll(query.levels)));
    for (const inner of innerQueries(level)) shapes.push(...shapesOf(inner, [...outer, { level, raw }]));
  }
  return shapes;
}

function shapesOfLevel(around: Around, outer: readonly Around[]): Shape[] {
  const { level, raw } = around;
  const text = textOfAll([level]);
  const own = level.refs.filter((ref) => isDistributed(ref, raw));
  const shapes: Shape[] = [];
  const isRawLevel = own.length > 0 || level.refs.some((ref) => isRawRef(ref, raw));
  if (isRawLevel && / (grouping sets|cube|rollup) /.test(text))
    shapes.push("1 grouping sets over distributed rows");
  if (!areJoinedByCase(around, outer)) shapes.push("4 join of distributed rows other than by case_id");
  if (own.length > 0 && / for (no key update|update|key share|share) /.test(text) && !isOneCase(text))
    shapes.push("6 lock of many distributed rows");
  if (isRawLevel && pulls(text)) shapes.push("9 rows pulled to one machine");
  return shapes;
}

function shapesOfWrite(text: string): Shape[] {
  const shapes: Shape[] = [];
  const target = / on conflict (?:\( ([^)]*) \)|(on constraint))/.exec(text);
  if (target !== null && !` ${target[1] ?? ""} `.includes(" case_id "))
    shapes.push("2 conflict target without case_id");
  for (const [, list = ""] of text.matchAll(/ set (.*?)(?= from | where | returning |$)/g))
    if (/(^|, |\( )case_id [=,]/.test(list)) shapes.push("7 change of case_id, or merge");
  return shapes;
}

function textOfAll(levels: readonly Level[]): string {
  return ` ${levels.flatMap(({ parts }) => parts.map(textOf)).join(" ")} `;
}

function pulls(text: string): boolean {
  const [, by = ""] = / group by (.*?)(?= having | order | limit |$)/.exec(text) ?? [];
  return (
    / count \( distinct (?!(\w+ \. )?case_id )/.test(text) ||
    / (percentile_cont|percentile_disc|mode) \(/.test(text) ||
    (/\bcustomer_ref\b/.test(by) && !/\bcase_id\b/.test(by))
  );
}

function isOneCase(text: string): boolean {
  return / case_id = \$\d+ /.test(text) || / case_id = '' /.test(text);
}

function isDistributed({ table }: Ref, raw: ReadonlyMap<string, boolean>): boolean {
  return table !== null && distributed.has(table) && !raw.has(table);
}

/** Rows of a query inside FROM, or of a common table expression, that are not yet aggregated. */
function isRawRef({ table, query }: Ref, raw: ReadonlyMap<string, boolean>): boolean {
  return query === null ? raw.get(table ?? "") === true : isRaw(query, raw);
}

function isRaw(query: Query, raw: ReadonlyMap<string, boolean>): boolean {
  return query.levels.some(
    ({ refs, parts }) =>
      refs.some((ref) => isDistributed(ref, raw) || isRawRef(ref, raw)) &&
      !parts.some((part, i) => part.depth === 0 && textOf(part) === "group" && wordAt(parts, i + 1) === "by"),
  );
}

function innerQueries({ parts }: Level): Query[] {
  return parts.flatMap((part) => ("query" in part ? [part.query] : []));
}

function allLevels(query: Query): Level[] {
  return query.levels.flatMap((level) => [
    level,
    ...level.ctes.flatMap((cte) => allLevels(cte.query)),
    ...innerQueries(level).flatMap(allLevels),
  ]);
}

function touches(query: Query): boolean {
  return allLevels(query).some(({ refs }) =>
    refs.some(({ table }) => table !== null && distributed.has(table)),
  );
}

function mentions(query: Query, name: string): boolean {
  return allLevels(query).some(({ refs }) => refs.some(({ table }) => table === name));
}

/**
 * Whether all distributed tables of a level are joined by `case_id`, and to those of the levels around it where it
 * reads a row of theirs.
 */
function areJoinedByCase({ level, raw }: Around, outer: readonly Around[]): boolean {
  const own = level.refs.filter((ref) => isDistributed(ref, raw) && !isInsertTarget(ref, level));
  if (own.length === 0) return true;
  const around = outer.flatMap((one) => one.level.refs);
  const correlated = around.filter(({ alias }) => readsOf(level, alias));
  const joined = joins([...outer.map((one) => one.level), level]);
  const [first] = own;
  const allOwn = own.every(({ alias }) => joined(first!.alias, alias));
  if (correlated.length === 0) return allOwn;
  return allOwn && correlated.some((ref) => joined(first!.alias, ref.alias));
}

function isInsertTarget(ref: Ref, { parts }: Level): boolean {
  return ref.target && wordAt(parts, 0) === "insert";
}

/** Whether a level, or a query in it, reads a column of what is called so around it. */
function readsOf(level: Level, alias: string): boolean {
  if (level.refs.some((ref) => ref.alias === alias)) return false;
  return (
    level.parts.some((part, i) => textOf(part) === alias && wordAt(level.parts, i + 1) === ".") ||
    innerQueries(level).some((query) => query.levels.some((inner) => readsOf(inner, alias)))
  );
}

/** Which names are equal in `case_id`, by the conditions of some levels and the queries in them. */
function joins(levels: readonly Level[]): (a: string, b: string) => boolean {
  const root = new Map<string, string>();
  const find = (name: string): string => {
    const up = root.get(name);
    return up === undefined || up === name ? name : find(up);
  };
  const unite = (a: string | undefined, b: string | undefined) => {
    if (a !== undefined && b !== undefined) root.set(find(a), find(b));
  };
  for (const level of levels) {
    const { parts, refs } = level;
    const only = refs.filter(({ table }) => table !== null && distributed.has(table));
    const unnamed = only.length === 1 ? only[0]?.alias : undefined;
    for (let i = 0; i < parts.length; i++) {
      const left = caseOf(parts, i, unnamed);
      if (left === null) continue;
      const right = wordAt(parts, i + 1) === "=" ? rightCase(parts, i + 2, unnamed) : null;
      if (right !== null) unite(left, right);
      const inner = parts[i + 2];
      if (wordAt(parts, i + 1) === "in" && inner !== undefined && "query" in inner)
        unite(left, inner.query.levels[0]?.refs[0]?.alias);
    }
    const using = / using \( ([^)]*) \)/.exec(` ${parts.map(textOf).join(" ")} `);
    if (using !== null && ` ${using[1]} `.includes(" case_id "))
      for (const { alias } of refs) unite(refs[0]?.alias, alias);
  }
  return (a, b) => find(a) === find(b);
}

/** The name before `.case_id` where that ends at a place; `null` where it does not stand there. */
function caseOf(parts: readonly Part[], at: number, unnamed: string | undefined): string | null {
  if (wordAt(parts, at) !== "case_id") return null;
  return wordAt(parts, at - 1) === "." ? wordAt(parts, at - 2) : (unnamed ?? null);
}

function rightCase(parts: readonly Part[], at: number, unnamed: string | undefined): string | null {
  return wordAt(parts, at + 1) === "." ? caseOf(parts, at + 2, unnamed) : caseOf(parts, at, unnamed);
}

/** Of statements that change the schema. */
function schemaShapes(query: Query): Shape[] {
  const text = textOfAll(query.levels);
  const names = [...distributed].join("|");
  const shapes: Shape[] = [];
  if (new RegExp(`^ (create|alter) table (if not exists )?(${names}) .* references `).test(text))
    shapes.push("3 foreign key of a distributed table");
  const unique = new RegExp(`^ create unique index .* on (${names}) \\( ([^)]*) \\)`).exec(text);
  if (unique !== null && !` ${unique[2]} `.includes(" case_id "))
    shapes.push("2 conflict target without case_id");
  if (new RegExp(`^ create (or replace )?(constraint )?trigger .* on (${names}) `).test(text))
    shapes.push("8 trigger on a distributed table");
  if (new RegExp(`^ merge into (${names}) `).test(text)) shapes.push("7 change of case_id, or merge");
  return shapes;
}
