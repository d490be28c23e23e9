/** What a reader finds on a page: its tables and tiles, as text, with the links that they carry. */
export interface PageTable {
  caption: string;
  heads: string[];
  rows: { cells: string[]; href: string | null }[];
}

export interface PageTile {
  label: string;
  value: string;
  /** Everything below the value. */
  basis: string;
  href: string | null;
}

/** The tables of a page by their caption; what React draws is regular enough for expressions. */
export function tablesOf(html: string): Map<string, PageTable> {
  const found = all(html, /<table[^>]*>(.*?)<\/table>/gs).map(tableOf);
  return new Map(found.map((table) => [table.caption, table]));
}

export function tilesOf(html: string): PageTile[] {
  return all(html, /<div class="tile"[^>]*>(.*?)<\/div>/gs).map((tile) => {
    const [, label, value, basis] =
      /<dt>(.*?)<\/dt><dd><span class="tile-value"[^>]*>(.*?)<\/span>(.*)<\/dd>/s.exec(tile) ?? [];
    if (label === undefined || value === undefined || basis === undefined)
      throw new Error(`Expected a tile with a label and a value, got ${tile}`);
    return { label: textOf(label), value: textOf(value), basis: textOf(basis), href: hrefOf(value) };
  });
}

/** Where the findings of a page lead, those that lead somewhere. */
export function findingLinks(html: string): string[] {
  return all(html, /<p class="finding-headline">(.*?)<\/p>/gs).flatMap((headline) => hrefOf(headline) ?? []);
}

/** How many cases the list says that it holds, over all its pages. */
export function listedCases(html: string): number {
  if (html.includes("No case matches.")) return 0;
  const [, total] = /<nav class="pager".*?of ([\d,]+) cases?</s.exec(withoutComments(html)) ?? [];
  if (total === undefined) throw new Error("The page has no list of cases.");
  return Number(total.replaceAll(",", ""));
}

/** The page's own sentence: the whole text of its main part. */
export function mainText(html: string): string {
  return textOf(/<main.*<\/main>/s.exec(html)?.[0] ?? "");
}

function tableOf(table: string): PageTable {
  const [head = "", ...bodyRows] = all(table, /<tr[^>]*>(.*?)<\/tr>/gs);
  return {
    caption: textOf(/<caption[^>]*>(.*?)<\/caption>/s.exec(table)?.[1] ?? ""),
    heads: cellsOf(head),
    rows: bodyRows.map((row) => ({ cells: cellsOf(row), href: hrefOf(row) })),
  };
}

function cellsOf(row: string): string[] {
  return all(row, /<t[hd][^>]*>(.*?)<\/t[hd]>/gs).map(textOf);
}

function hrefOf(html: string): string | null {
  const [, href] = /<a [^>]*href="([^"]*)"/.exec(html) ?? [];
  return href === undefined ? null : decoded(href);
}

function all(html: string, pattern: RegExp): string[] {
  return Array.from(html.matchAll(pattern), (match) => match[1] ?? "");
}

function textOf(html: string): string {
  return decoded(withoutComments(html).replaceAll(/<[^>]*>/g, "")).trim();
}

/** React parts two texts by an empty comment. */
function withoutComments(html: string): string {
  return html.replaceAll("<!-- -->", "");
}

function decoded(text: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
  return text.replaceAll(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name] ?? "");
}
