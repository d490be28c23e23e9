import { stringify } from "csv-stringify/sync";

/** A file in which each tenth row is bad, each twentieth case comes twice, and each fortieth a second time otherwise. */
export function crashCsv(rows: number): string {
  const header = [
    "source_system",
    "source_case_id",
    "status",
    "received_at",
    "title",
    "narrative",
    "product",
  ];
  const body = Array.from({ length: rows }, (_, i) => {
    const id = i % 20 === 19 ? i - 10 : i;
    const day = i % 10 === 9 && i % 20 !== 19 ? "soon" : `2026-0${1 + (i % 9)}-1${i % 10}`;
    const title = i % 40 === 39 ? `Case ${id}, told again` : `Case ${id}`;
    return [
      "desk",
      `C-${id}`,
      "resolved",
      day,
      title,
      `It broke in week ${i % 52}. `.repeat(8),
      `Product ${i % 97}`,
    ];
  });
  return stringify([header, ...body]);
}
