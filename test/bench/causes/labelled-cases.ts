import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type { CaseText } from "#analytics/causes/cluster-cases.ts";

/** A case whose cause people have named. */
export interface LabelledCase extends CaseText {
  truth: string;
}

export interface LabelledSet {
  name: string;
  cases: LabelledCase[];
  /** Company names, which are no cause. */
  blankNames: string[];
}

const data = new URL("../../../../shared/data/", import.meta.url);

/** The real sets with people's labels that lie in ../shared/data; none where that is absent. */
export function labelledSets(): LabelledSet[] {
  if (!existsSync(data)) return [];
  const complaints = bankComplaints();
  return [
    { name: "banking77 train", cases: bankQuestions(), blankNames: [] },
    {
      ...complaints,
      name: "cfpb-2019 by Issue, texts alone",
      cases: complaints.cases.map((item) => ({ ...item, fields: {} })),
    },
    { ...complaints, name: "cfpb-2019 by Issue, with the product" },
    { name: "nhs-fft, negative, one theme", cases: patientComments(), blankNames: [] },
  ];
}

function rowsOf(path: string): Record<string, string>[] {
  return parse<Record<string, string>>(readFileSync(new URL(path, data)), {
    columns: true,
    bom: true,
    relax_column_count: true,
  });
}

function labelled(
  caseId: string,
  text: string,
  truth: string,
  fields: CaseText["fields"] = {},
): LabelledCase {
  return { caseId, text, truth, fields, contactReason: null };
}

function bankQuestions(): LabelledCase[] {
  return rowsOf("banking77/train.csv").map((row, index) =>
    labelled(String(index).padStart(5, "0"), row["text"] ?? "", row["category"] ?? ""),
  );
}

function bankComplaints(): Omit<LabelledSet, "name"> {
  const rows = rowsOf("cfpb-2019/complaints-2019-narratives.csv");
  const cases = rows.map((row) =>
    labelled(row["Complaint ID"] ?? "", row["Consumer complaint narrative"] ?? "", row["Issue"] ?? "", {
      product: row["Product"] ?? null,
    }),
  );
  return { cases, blankNames: rows.map((row) => row["Company"] ?? "") };
}

/** Comments of four words and more, with a negative sentiment and exactly one theme. */
function patientComments(): LabelledCase[] {
  const text = readFileSync(new URL("nhs-fft/v6framework_230831.csv", data));
  const [header = [], ...rows]: string[][] = parse(text, { bom: true, relax_column_count: true });
  const at = (name: string) => header.indexOf(name);
  const firstTheme = at("Not assigned");
  const noTheme = new Set(["Not assigned", "Labelling not possible"]);
  return rows.flatMap((cells, index) => {
    const themes = header.slice(firstTheme).filter((_, i) => cells[firstTheme + i] === "1");
    const comment = cells[at("FFT answer")]?.trim() ?? "";
    const [theme] = themes;
    if (theme === undefined || themes.length > 1 || noTheme.has(theme)) return [];
    if (!["4", "5"].includes(cells[at("Comment sentiment")] ?? "") || comment.split(/\s+/).length < 4)
      return [];
    return [labelled(String(index).padStart(5, "0"), comment, theme)];
  });
}
