import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { type Category, categories } from "#analytics/case.ts";
import type { CaseText } from "#analytics/causes/cluster-cases.ts";
import { simulateCompany } from "#app/demo/simulate-company.ts";

/** Cases whose category is known; `null`: a one-off of the simulated company, which has none. */
export interface CategorisedSet {
  name: string;
  cases: (CaseText & { category: Category | null })[];
  blankNames: string[];
}

const data = new URL("../../../../shared/data/", import.meta.url);

/** The simulated company, and the real sets in ../shared/data under a mapping of their labels that was made by hand. */
export function categorisedSets(): CategorisedSet[] {
  return [simulated(), ...(existsSync(data) ? [bankComplaints(), patientComments()] : [])];
}

function simulated(): CategorisedSet {
  const { cases, causeOf, truth } = simulateCompany({ asOf: "2026-11-22", seed: 1 });
  const categoryOf = new Map(truth.causes.map(({ key, category }) => [key, category]));
  return {
    name: "simulated company",
    blankNames: [],
    cases: cases.map((record) => ({
      caseId: record.source_case_id,
      text: [record.title, record.narrative].filter((part) => part !== null).join("\n") || null,
      contactReason: record.contact_reason,
      fields: { product: record.product, channel: record.channel },
      category: categoryOf.get(causeOf.get(record.source_case_id) ?? "") ?? null,
    })),
  };
}

/** Issues that are about how somebody acted, and about what the product is or costs; all others are process. */
const issues: Partial<Record<Category, string[]>> = {
  staff_training: [
    "Communication tactics",
    "False statements or representation",
    "Took or threatened to take negative or legal action",
    "Threatened to contact someone or share information improperly",
    "Taking/threatening an illegal action",
    "Problem with customer service",
  ],
  product: [
    "Fees or interest",
    "Charged fees or interest you didn't expect",
    "Charged fees or interest I didn't expect",
    "Unexpected or other fees",
    "Trouble using your card",
    "Other features, terms, or problems",
    "Credit monitoring or identity theft protection services",
    "Identity theft protection or other monitoring services",
  ],
};

function bankComplaints(): CategorisedSet {
  const text = readFileSync(new URL("cfpb-2019/complaints-2019-narratives.csv", data));
  const rows = parse<Record<string, string>>(text, { columns: true, bom: true, relax_column_count: true });
  return {
    name: "cfpb-2019 narratives",
    blankNames: rows.map((row) => row["Company"] ?? ""),
    cases: rows.map((row) => ({
      caseId: row["Complaint ID"] ?? "",
      text: row["Consumer complaint narrative"] ?? "",
      contactReason: null,
      fields: { product: row["Product"] ?? null },
      category: categories.find((category) => issues[category]?.includes(row["Issue"] ?? "")) ?? "process",
    })),
  };
}

const themes: Record<Category, string[]> = {
  staff_training: [
    "Staff manner & personal attributes",
    "Staff responsiveness",
    "Competence & training",
    "Unspecified communication",
    "Staff listening, understanding & involving patients",
    "Information directly from staff during care",
    "Information provision & guidance",
    "Being kept informed, clarity & consistency of information",
    "Interaction with family/ carers",
  ],
  process: [
    "Organisation & efficiency",
    "Contacting services",
    "Appointment arrangements",
    "Appointment method",
    "Timeliness of care",
    "Referals & continuity of care",
    "Discharge",
    "Care plans",
    "Patient records",
    "Admission",
    "Staff continuity",
    "Number & deployment of staff",
  ],
  product: [
    "Cleanliness, tidiness & infection control",
    "Provision of medical equipment",
    "Service location",
    "Transport to/ from services",
    "Parking",
    "Electronic entertainment",
    "Environment & Facilities",
    "Food & drink provision & facilities",
    "Sensory experience",
    "Activities & access to fresh air",
  ],
};

/** Negative comments of four words and more whose mapped themes are all of one category. */
function patientComments(): CategorisedSet {
  const text = readFileSync(new URL("nhs-fft/v6framework_230831.csv", data));
  const [header = [], ...rows]: string[][] = parse(text, { bom: true, relax_column_count: true });
  const cell = (cells: string[], name: string) => cells[header.indexOf(name)] ?? "";
  const cases = rows.flatMap((cells, index) => {
    const found = categories.filter((category) =>
      themes[category].some((theme) => cell(cells, theme) === "1"),
    );
    const comment = cell(cells, "FFT answer").trim();
    const isNegative = ["4", "5"].includes(cell(cells, "Comment sentiment"));
    const [category] = found;
    if (!isNegative || found.length !== 1 || category === undefined || comment.split(/\s+/).length < 4)
      return [];
    const caseId = String(index).padStart(5, "0");
    return [{ caseId, text: comment, contactReason: null, fields: {}, category }];
  });
  return { name: "nhs-fft, negative", blankNames: [], cases };
}
