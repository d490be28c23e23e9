import { databasePresets } from "#db/imports/from-database/presets/database-presets.ts";
import { presets } from "#db/imports/map/presets/presets.ts";
import { noCounts } from "#db/imports/store/import-counts.ts";
import type { Command } from "./command.ts";
import { type DataPlace, withDataPlace } from "./data-place.ts";
import { databaseSource, readDatabase } from "./import-database.ts";
import { importOptions, loadWishes, textOf } from "./import-options.ts";
import { type FileToSend, fileToSend, withProgress, withTemporaryDirectory } from "./import-run.ts";
import { jsonLine, resultInWords, trialInWords } from "./import-sentences.ts";
import { UsageError } from "./usage-error.ts";

const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(", ");

export const importCommand: Command = {
  summary: "loads a file of cases; the same file twice changes nothing, a stopped load goes on",
  positionals: ["[FILE]"],
  options: importOptions,
  optionTexts: {
    "workspace NAME": "the workspace (main); it is made where there is none",
    "time-zone ZONE": "of a workspace that is made, such as Europe/Berlin (UTC)",
    "preset NAME": `one of ${namesOf(presets)}; recognised by the header unless given`,
    "mapping NAME|FILE.json": "a mapping that was saved in the workspace, or one in a file",
    "encoding NAME": "of the file, such as windows-1252, where its bytes don't tell",
    "delimiter X": "one character, or comma, semicolon, tab, pipe",
    "dates dmy|mdy": "whether the day or the month comes first, where the dates don't tell",
    "accept-rejected": "load the rest where more than a fifth of the rows is rejected",
    "from postgres://…": `read another database, with --preset ${databasePresets.map(({ name }) => name).join("|")} or --query`,
    "query FILE.sql": "one SELECT with a column updated_at; $1 is the latest one that was loaded, or null",
    "dry-run": "tell what would be done, and store nothing",
    json: "end with one line of JSON that counts the rows",
  },
  examples: [
    "fixtwice import complaints.csv --workspace real",
    "gunzip -c tickets.json.gz | fixtwice import - --workspace real --dry-run",
    "fixtwice import cases.csv --dates dmy --json",
    "PGPASSWORD=… fixtwice import --from postgres://reader@desk:5432/zammad --preset zammad --workspace real",
  ],
  async run({ values, positionals: [file], settings }) {
    const wishes = await loadWishes({ values });
    const from = textOf(values.from);
    const queryFile = textOf(values.query);
    if ((file === undefined) === (from === null) || (from === null && queryFile !== null))
      throw new UsageError(
        "Expected: fixtwice import FILE, or fixtwice import --from ADDRESS without a file.",
      );
    const source = from === null ? null : await databaseSource(from, wishes, queryFile);
    const json = values.json === true;
    return withTemporaryDirectory((directory) =>
      withDataPlace(settings, async (place) => {
        const toSend =
          source === null
            ? await fileToSend(file ?? "", wishes, directory)
            : await readDatabase(place, source, { wishes, directory });
        if (toSend === null)
          console.log(json ? jsonLine(noCounts) : `Nothing has changed in ${source?.name}.`);
        else console.log(await (values["dry-run"] === true ? tryFile : loadFile)(place, toSend, json));
        return 0;
      }),
    );
  },
};

/** Loads it, then finds the causes anew where it changed cases. */
async function loadFile(place: DataPlace, { path, request }: FileToSend, json: boolean): Promise<string> {
  const result = await withProgress(request.name, (onProgress) =>
    place.do("load", request, { path, onProgress }),
  ).catch(tellHowToGoOn);
  const said = json ? jsonLine(result.counts) : resultInWords(result, request);
  await place.settle(request.workspace).catch((error: unknown) => {
    console.log(said); // the cases are stored, whatever became of their causes
    throw error;
  });
  return said;
}

async function tryFile(place: DataPlace, { path, request }: FileToSend, json: boolean): Promise<string> {
  const trial = await withProgress(request.name, (onProgress) =>
    place.do("try", request, { path, onProgress }),
  );
  return json ? jsonLine(trial.counts) : trialInWords(trial, request);
}

function tellHowToGoOn(error: unknown): never {
  if (!(error instanceof Error) || error.name !== "ImportPaused") throw error;
  const how = "Here: give the same command again; with --accept-rejected, rejected rows are left out.";
  throw Object.assign(new Error(`${error.message} ${how}`, { cause: error }), { name: error.name });
}
