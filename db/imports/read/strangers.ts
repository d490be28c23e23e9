import { BadInput } from "../bad-input.ts";

/** What files named `.csv` turned out to be in public collections, by how they begin. */
const strangers: { begins(text: string): boolean; is: string; advice: string }[] = [
  {
    begins: (text) => /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(text),
    is: "a web page (HTML)",
    advice:
      "The download probably gave an error or a log-in page: open it in a browser, then save the CSV itself.",
  },
  {
    begins: (text) => text.startsWith("version https://git-lfs.github.com/spec/"),
    is: "a Git LFS pointer, which only names the data",
    advice: "Run `git lfs pull` where it came from, or download the file itself.",
  },
  {
    begins: (text) => text.startsWith("\xff\xfe\0\0") || text.startsWith("\0\0\xfe\xff"),
    is: "in UTF-32",
    advice: "Save it as CSV UTF-8 first.",
  },
  {
    begins: (text) => text.startsWith("PK\x03\x04"),
    is: "a ZIP archive or a spreadsheet (.xlsx)",
    advice: "Unpack it, or save the sheet as CSV UTF-8 first.",
  },
  {
    begins: (text) => text.startsWith("\xd0\xcf\x11\xe0"),
    is: "a spreadsheet of old Excel (.xls)",
    advice: "Save the sheet as CSV UTF-8 first.",
  },
  {
    begins: (text) => text.startsWith("ustar", 257),
    is: "an archive of files (tar)",
    advice: "Unpack it, then load the file in it.",
  },
  {
    begins: (text) => text.startsWith("%PDF"),
    is: "a PDF",
    advice: "Export the cases as CSV from the program that made it.",
  },
];

/** Throws `BadInput` for a file that is something else than text, or has none. */
export function refuseWhatIsNoTable(head: Buffer, name: string): void {
  if (
    head
      .toString("latin1")
      .replace(/^\xef\xbb\xbf/, "")
      .trim() === ""
  )
    throw new BadInput(`${name} is empty; expected a header line and at least one row.`);
  const beginning = head.toString("latin1", 0, 1024); // one character a byte
  const stranger = strangers.find((known) => known.begins(beginning));
  if (stranger)
    throw new BadInput(
      `${name} is ${stranger.is}; expected a CSV, JSON or NDJSON file of cases. ${stranger.advice}`,
    );
}

/** Throws `BadInput` for what has NULs all over: programs, pictures, databases. One that strayed into a cell is its row's. */
export function refuseBinary(head: Buffer, name: string): void {
  let nuls = 0;
  for (const byte of head) if (byte === 0) nuls++;
  if (nuls > head.length / 100)
    throw new BadInput(`${name} holds binary data, not text; expected a CSV, JSON or NDJSON file of cases.`);
}
