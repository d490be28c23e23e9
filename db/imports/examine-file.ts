import { BadInput } from "./bad-input.ts";
import { ColumnExaminer, type Examination } from "./map/examine-columns.ts";
import type { Mapping } from "./map/mapping.ts";
import { type Proposal, proposeMapping, questionsOf, score } from "./map/propose-mapping.ts";
import { warningsOf } from "./map/warnings.ts";
import { findLayout } from "./read/find-layout.ts";
import type { Layout } from "./read/layout.ts";
import { readRows } from "./read/read-rows.ts";
import { type ReadyFile, readyFile } from "./read/ready-file.ts";
import { plainRow, reportColumns } from "./read/rejection-report.ts";

/** What a person has said about a file, where the program should not choose for itself. */
export interface ExamineWish {
  encoding?: string | undefined;
  delimiter?: string | undefined;
  headerLine?: number | undefined;
  preset?: string | undefined;
  dateOrder?: "dmy" | "mdy" | undefined;
  /** How such a file was mapped before: in place of what its header proposes. */
  mappingOf?: ((columns: readonly string[]) => Promise<Mapping | undefined>) | undefined;
}

export interface ExamineRequest {
  path: string;
  name?: string | undefined;
  /** Where a copy in plain text may lie. */
  stageIn: string;
  wish?: ExamineWish;
  /** Look at so many rows only, unless a question needs the others; every row unless given. */
  sampleRows?: number;
  /** @param share of the file that was looked at, 0 to 1 */
  onProgress?: (share: number) => void;
}

export interface ExaminedFile {
  file: ReadyFile;
  layout: Layout;
  skippedLines: string[];
  /** The first rows as they stand in the file. */
  firstRows: string[][];
  examination: Examination;
  proposal: Proposal;
}

const rowsShown = 20;

/**
 * Reads a file without storing anything: what it is, where its header stands, what its columns hold, and how they
 * would become cases.
 * @throws BadInput, EncodingUnsure
 */
export async function examineFile(request: ExamineRequest): Promise<ExaminedFile> {
  const { path, name, stageIn, wish = {} } = request;
  const file = await readyFile(path, {
    stageIn,
    ...(name !== undefined && { name }),
    ...(wish.encoding !== undefined && { encoding: wish.encoding }),
  });
  const { layout, skippedLines } = await findLayout(file, {
    score: (columns) => score(reportColumns(columns) ?? columns),
    ...(wish.delimiter !== undefined && { delimiter: wish.delimiter }),
    ...(wish.headerLine !== undefined && { headerLine: wish.headerLine }),
  });
  const columns = reportColumns(layout.columns) ?? layout.columns;
  const known = await wish.mappingOf?.(columns);
  const looked = await look(file, layout, request);
  const propose = (examination: Examination): Proposal =>
    known === undefined
      ? proposeMapping(columns, examination, wishOf(wish))
      : withKnown(known, proposeMapping(columns, examination, wishOf(wish)), { columns, examination });
  let { examination, firstRows } = looked;
  let proposal = propose(examination);
  if (!examination.whole && proposal.questions.length > 0) {
    ({ examination, firstRows } = await look(file, layout, {
      ...request,
      sampleRows: Number.POSITIVE_INFINITY,
    }));
    proposal = propose(examination);
  }
  return { file, layout, skippedLines, firstRows, examination, proposal };
}

function wishOf({ preset, dateOrder }: ExamineWish) {
  return { ...(preset !== undefined && { preset }), ...(dateOrder !== undefined && { dateOrder }) };
}

function withKnown(
  mapping: Mapping,
  proposal: Proposal,
  { columns, examination }: { columns: readonly string[]; examination: Examination },
): Proposal {
  return {
    ...proposal,
    mapping,
    questions: questionsOf(mapping, columns, examination),
    warnings: warningsOf(mapping, examination),
  };
}

async function look(
  file: ReadyFile,
  layout: Layout,
  { sampleRows = Number.POSITIVE_INFINITY, onProgress }: ExamineRequest,
): Promise<{ examination: Examination; firstRows: string[][] }> {
  const examiner = new ColumnExaminer(reportColumns(layout.columns) ?? layout.columns);
  const firstRows: string[][] = [];
  let rows = 0;
  for await (const block of readRows(file.path, layout)) {
    const plain = block.map((row) => plainRow(row, layout.columns));
    examiner.add(plain);
    rows += block.length;
    for (const row of plain.slice(0, Math.max(0, rowsShown - firstRows.length)))
      firstRows.push([...row.cells]);
    onProgress?.((block.at(-1)?.end ?? 0) / file.textBytes);
    if (rows >= sampleRows) return { examination: examiner.finish({ whole: false }), firstRows };
  }
  if (rows === 0) throw new BadInput(`${file.name} has a header and no row below it; expected at least one.`);
  return { examination: examiner.finish({ whole: true }), firstRows };
}
