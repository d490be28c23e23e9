import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = ["app", "db", "analytics", "test"];

interface SourceFile {
  path: string;
  lines: string[];
  /** What it imports: a path of ours, or a package's name. Type-only imports are marked. */
  imports: { target: string; typeOnly: boolean; line: string }[];
}

const files = folders.flatMap((folder) => sourcesOf(join(root, folder))).map(readSource);
const ours = new Map(files.map((file) => [file.path, file]));

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.assembly)\.tsx?$/.test(entry.name)) // AssemblyScript looks like ours and is not
    .filter((entry) => !entry.parentPath.includes("node_modules")) // a benchmark has some of its own
    .map((entry) => join(entry.parentPath, entry.name));
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  const path = relative(root, file);
  const statement = /^(?:import|export)\s+(?:(type\s+)?([\w*{}\s,]+?)\s+from\s+)?["']([^"']+)["']/gm;
  const imports = [...text.matchAll(statement)].map(([line, type, names, specifier = ""]) => ({
    target: resolveSpecifier(path, specifier),
    typeOnly: type !== undefined || onlyTypes(names ?? ""),
    line: `${path}: ${line.replaceAll(/\s+/g, " ")}`,
  }));
  return { path, lines: text.split("\n"), imports };
}

/** `{ type A, type B }` imports nothing at run time. */
function onlyTypes(names: string): boolean {
  const inBraces = /^\{(.*)\}$/s.exec(names.trim())?.[1];
  return (
    inBraces !== undefined &&
    inBraces.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type "))
  );
}

function resolveSpecifier(from: string, specifier: string): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? relative(root, resolve(root, dirname(from), specifier)) : specifier;
}

function offending(inFolder: RegExp, forbidden: (target: string, typeOnly: boolean) => boolean): string[] {
  return files
    .filter((file) => inFolder.test(file.path))
    .flatMap((file) => file.imports.filter((i) => forbidden(i.target, i.typeOnly)).map((i) => i.line));
}

/** Packages of pure functions that analytics may use. */
const purePackages = /^(d3-array|snowball-stemmers)$/;

describe("the layers", () => {
  it("analytics knows nothing but itself and pure packages, apart from the workers' shells", () => {
    const shells =
      /^analytics\/(thread-priority|causes\/((assign|cluster|parts|groups)-(in-)?worker|load-word-vectors|load-kernels|team-of-threads|team-worker|embedder\/(read-model-folder|onnx-runtime|embedder-(thread|worker))))\.ts$/;
    const isShell = (line: string) => shells.test(line.split(":")[0] ?? "");
    const lines = offending(
      /^analytics\//,
      (target) => !target.startsWith("analytics/") && !purePackages.test(target),
    );
    expect(lines.filter((line) => !(isShell(line) && line.includes("node:")))).toEqual([]);
  });

  it("db imports nothing of app and no React", () => {
    expect(offending(/^db\//, (target) => /^(app|test)\/|^react/.test(target))).toEqual([]);
  });

  it("db takes types from analytics, and values only of the vocabulary and the calendar", () => {
    const allowed = /^analytics\/(case|period)\.ts$/;
    const forbidden = (target: string, typeOnly: boolean) =>
      target.startsWith("analytics/") && !typeOnly && !allowed.test(target);
    expect(offending(/^db\//, forbidden)).toEqual([]);
  });

  it("components and charts know the database by its types only", () => {
    expect(
      offending(/^app\/(components|charts)\//, (target, typeOnly) => target.startsWith("db/") && !typeOnly),
    ).toEqual([]);
  });

  it("SQL stays in db", () => {
    expect(
      offending(
        /^(app|analytics)\//,
        (target, typeOnly) => /^(kysely|pg|pg-cursor)$/.test(target) && !typeOnly,
      ),
    ).toEqual([]);
  });

  it("what a page thread loads is a function of the columns: no database, no server, no view", () => {
    const loaded = new Set(["app/pages/page-worker.ts"]);
    for (const path of loaded)
      for (const { target, typeOnly } of ours.get(path)?.imports ?? []) if (!typeOnly) loaded.add(target);
    const pure = /^(analytics\/|app\/(pages|tables|filters|sentences)\/|app\/format\.ts$)/;
    const others = [...loaded].filter((target) => !pure.test(target) && !purePackages.test(target));
    expect(others).toEqual(["node:os", "node:worker_threads", "node:fs"]);
  });

  it("Recharts stays in app/charts", () => {
    expect(offending(/^app\/(?!charts\/)/, (target) => target === "recharts")).toEqual([]);
  });

  it("no route imports another route", () => {
    expect(offending(/^app\/routes\//, (target) => /^app\/routes\/(?!\+types)/.test(target))).toEqual([]);
  });

  it("nothing but tests imports tests", () => {
    expect(offending(/^(app|db|analytics)\//, (target) => target.startsWith("test/"))).toEqual([]);
  });
});

it("no files import each other in a circle", () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
    if (done.has(path) || trail.includes(path)) return;
    for (const { target, typeOnly } of ours.get(path)?.imports ?? [])
      if (!typeOnly && ours.has(target)) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  expect(circles).toEqual([]);
});

it("no folder or file is a dumping ground", () => {
  const words = /(^|\/)(utils?|helpers?|misc|lib|common|shared)(\/|\.tsx?$)/;
  expect(files.map((file) => file.path).filter((path) => words.test(path))).toEqual([]);
});

describe("sizes", () => {
  const data = /^app\/demo\/phrases\/|^db\/(schema\.ts|migrations\/)/;
  const code = files.filter((file) => !file.path.startsWith("test/") && !data.test(file.path));

  it("no file has more than 300 lines, and nine tenths have at most 180", () => {
    const lengths = code.map((file) => file.lines.length).sort((a, b) => a - b);
    expect(code.filter((file) => file.lines.length > 301).map((file) => file.path)).toEqual([]);
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(181);
  });

  it("no function has more than 80 lines (a view 120), and nine tenths have at most 40", () => {
    const functions = code.flatMap(functionsOf);
    const tooLong = functions.filter(({ path, length }) => length > (path.endsWith(".tsx") ? 120 : 80));
    expect(tooLong).toEqual([]);
    const lengths = functions.map((f) => f.length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(40);
  });
});

/** Functions and methods by their formatted shape: from a head that ends in `{` to the brace at the same indent. */
function functionsOf({ path, lines }: SourceFile): { path: string; name: string; length: number }[] {
  const head =
    /^(\s*)(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\*?\s+(\w+)|(?:static\s+|get\s+|set\s+|\*)?(#?\w+)\()/;
  const keywords = new Set(["if", "for", "while", "switch", "catch", "return", "super"]);
  return lines.flatMap((line, start) => {
    const match = head.exec(line);
    const name = match?.[2] ?? match?.[3];
    if (match === null || name === undefined || keywords.has(name)) return [];
    const opening = lines.findIndex((l, i) => i >= start && (l.endsWith("{") || l.endsWith(";")));
    if (opening === -1 || !lines[opening]?.endsWith("{")) return [];
    const end = lines.findIndex((l, i) => i > opening && l === `${match[1]}}`);
    return end === -1 ? [] : [{ path, name, length: end - start + 1 }];
  });
}
