/** A file as a person would choose it. */
export interface NamedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export function csvFile(name: string, content: string | Buffer): NamedFile {
  return { name, mimeType: "text/csv", buffer: Buffer.from(content) };
}
