import { granularities } from "#analytics/causes/granularity.ts";
import { stageText } from "#app/imports/describe-analysis.ts";
import { type AnalysisProgress, type AnalysisReport, analyse } from "#app/server/analyse.ts";
import { comparedRuns } from "#app/server/run-comparison.ts";
import { TimeLeft } from "#app/server/time-left.ts";
import { SettingError } from "#app/settings.ts";
import { openDatabase } from "#db/open-database.ts";
import { findRun } from "#db/queries/runs.ts";
import type { Database } from "#db/schema.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { analysisInWords, analysisJson } from "./analysis-sentences.ts";
import type { Command, CommandInput } from "./command.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { UsageError } from "./usage-error.ts";

/** As a shell has it of a command that Ctrl-C ended. */
const stoppedCode = 130;

export const analyzeCommand: Command = {
  summary:
    "finds the causes of a workspace anew, without beginning from those that are there, and publishes them at once; with --propose a person decides",
  positionals: [],
  options: {
    workspace: { type: "string", default: "main" },
    granularity: { type: "string" },
    propose: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
  optionTexts: {
    "workspace NAME": "the workspace (main)",
    "granularity STOP": `how finely causes are told apart: ${granularities.join(", ")} (that of the published run; causes before there is one)`,
    propose:
      "keep what is found as a proposal that a person accepts or discards on its page; where no run is published yet, it is published all the same",
    json: "print the result, and what it changes, as one line of JSON",
  },
  examples: ["fixtwice analyze --workspace real --propose", "fixtwice analyze --workspace real"],
  async run({ values, settings }) {
    const granularity = parseGranularity(values.granularity);
    const database = await openDatabase(settings);
    const stop = new AbortController();
    const onSignal = () => stop.abort(new Error("The command was stopped."));
    // They stay: a terminal and bin may both send one, and a second one must not end the process while it tidies up.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
    try {
      const { db } = database;
      const name = String(values.workspace);
      const workspace = await findWorkspace(db, name);
      if (workspace === undefined) throw new SettingError(`There is no workspace named "${name}".`);
      const report = await withProgress((onProgress) =>
        analyse(db, workspace, {
          cold: true,
          granularity,
          embedder: settings.embedder,
          proposes: values.propose === true,
          signal: stop.signal,
          onProgress,
        }),
      );
      const compared = await comparedWithBase(db, workspace, report);
      const say = values.json === true ? analysisJson : analysisInWords;
      console.log(say(report, compared));
      return 0;
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      console.error("Stopped. Nothing of the run was kept; the causes are as they were.");
      return stoppedCode;
    } finally {
      await database.close();
    }
  },
};

function parseGranularity(text: CommandInput["values"][string]) {
  if (text === undefined) return undefined;
  const granularity = granularities.find((stop) => stop === text);
  if (granularity === undefined)
    throw new UsageError(`--granularity is not known; expected one of ${granularities.join(", ")}.`);
  return granularity;
}

const millisecondsBetweenLines = 1000;

/** Shows stage, share and time left on the terminal, each second. */
async function withProgress<T>(work: (onProgress: AnalysisProgress) => Promise<T>): Promise<T> {
  const progress = terminalProgress();
  const timeLeft = new TimeLeft();
  const told = { stage: "Reading the cases", share: 0 };
  const show = () =>
    progress.show(stageText({ ...told, secondsLeft: timeLeft.secondsAt(performance.now()) }));
  const timer = setInterval(show, millisecondsBetweenLines);
  try {
    return await work((stage, share) => {
      timeLeft.report(performance.now(), share);
      Object.assign(told, { stage, share });
      show();
    });
  } finally {
    clearInterval(timer);
    progress.end();
  }
}

async function comparedWithBase(
  db: Database,
  { id, name }: { id: number; name: string },
  { runId }: AnalysisReport,
) {
  const run = await findRun(db, id, runId);
  return run === undefined ? null : comparedRuns(db, run, `/w/${encodeURIComponent(name)}`);
}
