/** Line breaks are CRLF, LF or CR, also mixed: Excel writes CRLF between records and LF inside cells, old Macs CR. */
export const lineBreak = /\r\n|\n|\r/;
const lineBreaks = /\r\n|\n|\r/g;

export function lineBreaksIn(text: string): number {
  if (!text.includes("\n") && !text.includes("\r")) return 0;
  return text.match(lineBreaks)?.length ?? 0;
}

/** Where the first line of some bytes ends, -1: not in them. */
export function lineEnd(bytes: Buffer): number {
  const [lineFeed, carriageReturn] = [bytes.indexOf(10), bytes.indexOf(13)];
  if (lineFeed === -1 || carriageReturn === -1) return Math.max(lineFeed, carriageReturn);
  return Math.min(lineFeed, carriageReturn);
}
