import { type Facts, unassignedReasons } from "../facts/facts.ts";

const fewAlike = 1 + unassignedReasons.indexOf("few_alike");

/** The rows of all cases that fit none of the causes and of which no person has said where they belong, by incidence day. */
export function emergingRows({ codes, unassigned }: Facts): number[] {
  const rows: number[] = [];
  unassigned.forEach((reason, row) => {
    if (reason === fewAlike && codes.cause[row] === 0) rows.push(row);
  });
  return rows;
}
