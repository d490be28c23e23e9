import type { CaseCode } from "#analytics/metrics/coding-agreement.ts";
import type { PersonsCode } from "#db/queries/case-codes.ts";
import type { CodingSample } from "#db/queries/coding-samples.ts";
import { byteOrderMark, csvLines } from "./csv-lines.ts";

const columns = ["sample_id", "run_id", "place", "case_id", "coder", "cause_id", "category"];

/**
 * One row a case and coder, first what was published. Ids and codes alone: no text of a case, and coders by number in
 * the order in which they began. An empty cause is "none of these", an empty category "can't tell" or none published.
 */
export function codesCsv(
  { sampleId, runId }: Pick<CodingSample, "sampleId" | "runId">,
  published: readonly CaseCode[],
  codes: readonly PersonsCode[],
): string {
  const place = new Map(published.map(({ caseId }, index) => [caseId, index + 1]));
  const coders = [...new Set(codes.map(({ coder }) => coder))];
  const rows = [
    ...published.map((code) => ({ ...code, by: "published" })),
    ...coders.flatMap((coder, index) =>
      codes.filter((code) => code.coder === coder).map((code) => ({ ...code, by: `coder_${index + 1}` })),
    ),
  ];
  const lines = rows.map(({ caseId, by, causeId, category }) => [
    sampleId,
    runId,
    place.get(caseId) ?? null,
    caseId,
    by,
    causeId,
    category,
  ]);
  return byteOrderMark + csvLines([columns, ...lines]);
}
