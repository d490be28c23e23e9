import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "#app/cli/commands.ts";
import { projectRoot, readSettings, settingTexts } from "#app/settings.ts";
import { caseFields } from "#db/imports/map/case-fields.ts";
import { presets } from "#db/imports/map/presets/presets.ts";

const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
const decisions = readdirSync(join(projectRoot, "docs/decisions")).map((name) => `docs/decisions/${name}`);
const documents = ["README.md", "docs/guide.md", "docs/api.md", ...decisions];
const textOf = (path: string) => readFileSync(join(projectRoot, path), "utf8");

/** The cells of the table rows that begin with a name in code; what else stands in them is left as it is. */
function rowsOf(text: string): string[][] {
  return [...text.matchAll(/^\| (`[^|]+\|.*)\|$/gm)].map(([, row = ""]) =>
    row.split("|").map((cell) => cell.trim()),
  );
}

/** What stands in code, one piece a line: spans, and the lines of blocks. */
function codeOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap(([, block = ""]) => block.split("\n"));
  const spans = [...text.replaceAll(/^```.*?^```/gms, "").matchAll(/`([^`]+)`/g)].map(
    ([, span = ""]) => span,
  );
  return [...blocks, ...spans].map((code) => code.replaceAll(/\s+/g, " "));
}

const unquoted = (cell: string) => cell.replaceAll("`", "");

describe("the README", () => {
  const section =
    textOf("README.md")
      .split(/^## /m)
      .find((part) => part.startsWith("Settings")) ?? "";

  it("lists every setting, in the words of `fixtwice doctor`", () => {
    const listed = rowsOf(section).map(([name = "", text = ""]) => [unquoted(name), text]);
    expect(Object.fromEntries(listed)).toEqual(settingTexts);
  });

  it("names the defaults that hold when nothing is set", () => {
    const { databaseUrl, columnsMegabytes, dataDirectory, embedder, host, port } = readSettings({});
    const defaults = [
      databaseUrl ?? "(empty)",
      columnsMegabytes ?? "(empty)",
      relative(projectRoot, dirname(dataDirectory)),
      embedder ?? "(empty)",
      host,
      String(port),
    ];
    expect(rowsOf(section).map(([, , value = ""]) => unquoted(value))).toEqual(defaults);
  });

  it("lists eight files to read first", () => {
    const list = textOf("README.md").split("### Read these eight files first")[1]?.split("###")[0] ?? "";
    const files = [...list.matchAll(/^\d\. `([^`]+)`: \S/gm)].map(([, file = ""]) => file);
    expect(files).toHaveLength(8);
    expect(files.filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
  });
});

describe.each(documents)("%s", (path) => {
  const text = textOf(path);
  const code = codeOf(text);

  it("names only commands and options that there are", () => {
    const unknown = code.flatMap((line) => [...unknownScripts(line), ...unknownCommands(line)]);
    expect(unknown).toEqual([]);
  });

  it("names only files that there are", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to = ""]) =>
      join(dirname(path), to),
    );
    const named = code.filter((piece) =>
      /^(app|db|analytics|public|test|docs|bin|\.ci)\/[\w./-]+$/.test(piece),
    );
    expect([...links, ...named].filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
  });

  it("leads to headings that there are", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)];
    const missing = links.filter(([, to = "", anchor = ""]) => {
      const target = to === "" ? path : join(dirname(path), to);
      return !anchorsOf(textOf(target)).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });
});

/** Scripts of package.json that a line calls and that there are not. */
function unknownScripts(line: string): string[] {
  const called = [...line.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)];
  return called
    .map(([, script, short]) => script ?? short ?? "")
    .filter((name) => !(name in manifest.scripts));
}

/** Commands and options of the command line that a line calls and that there are not. */
function unknownCommands(line: string): string[] {
  const call = /\b(?:node bin\/fixtwice\.js|fixtwice) ([a-z]+)(.*)$/.exec(line);
  if (call === null) return [];
  const [, name = "", rest = ""] = call;
  if (name === "help") return [];
  if (!Object.hasOwn(commands, name)) return [name];
  const options = [...rest.matchAll(/--([a-z-]+)/g)].map(([, option = ""]) => option);
  return options
    .filter((option) => !(option in (commands[name]?.options ?? {})))
    .map((option) => `${name} --${option}`);
}

/** The anchors of a document's headings, as code hosts make them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}

describe("the guide", () => {
  const guide = textOf("docs/guide.md").replaceAll(/\s+/g, " ");

  it("explains every column that a case may have", () => {
    expect(caseFields.filter((field) => !guide.includes(`\`${field}\``))).toEqual([]);
  });

  it("names every preset by its name and its title", () => {
    const unnamed = presets.filter(
      ({ name, title }) => !guide.includes(`\`${name}\``) || !guide.includes(title),
    );
    expect(unnamed.map(({ name }) => name)).toEqual([]);
  });
});

it("analytics/README.md names each function of the statistics, and no other", () => {
  const folders = ["statistics", "control-charts", "repeats", "recurrence", "second-fix", "what-worked"];
  const files = [...folders, "staff", "cost", "findings"]
    .flatMap((folder) =>
      readdirSync(join(projectRoot, "analytics", folder)).map((name) => `${folder}/${name}`),
    )
    .concat("business-hours.ts");
  const functions = files.flatMap((file) =>
    [...textOf(`analytics/${file}`).matchAll(/^export function (\w+)/gm)].map(([, name]) => name),
  );
  const named = rowsOf(textOf("analytics/README.md"))
    .filter((cells) => cells.length === 4)
    .flatMap(([names = ""]) => names.split(", ").map(unquoted));
  expect(named).toHaveLength(functions.length);
  expect(new Set(named)).toEqual(new Set(functions));
});

it("decision 008 accounts for each package, and for no other", () => {
  const rows = rowsOf(textOf("docs/decisions/008-dependencies.md"));
  const packages = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  };
  expect(rows.map(([name = ""]) => unquoted(name)).sort()).toEqual(Object.keys(packages).sort());
  expect(rows.filter(([, reason = ""]) => reason.length < 5)).toEqual([]);
});

it("every decision has its context, decision, consequences and what was measured", () => {
  const headings = ["Context", "Decision", "Consequences", "Measured"];
  const found = decisions.map((path) =>
    [...textOf(path).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
  );
  expect(found).toEqual(decisions.map(() => headings));
});
