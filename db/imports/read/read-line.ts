import type { FileHandle } from "node:fs/promises";

const pieceBytes = 64 * 1024;

/** The text of the line at a byte of a file (of a longer one, its first 64 KB), and the byte where the next begins. */
export async function readLine(file: FileHandle, offset: number): Promise<{ text: string; next: number }> {
  const first = await readPiece(file, offset);
  let piece = first;
  let pieceOffset = offset;
  let end = lineEnd(piece);
  while (end === -1 && piece.length > 0) {
    pieceOffset += piece.length;
    piece = await readPiece(file, pieceOffset);
    end = lineEnd(piece);
  }
  const endOffset = pieceOffset + Math.max(end, 0);
  const text = first.subarray(0, endOffset - offset).toString();
  return { text, next: endOffset + (await lineEndLength(file, endOffset)) };
}

async function readPiece(file: FileHandle, offset: number): Promise<Buffer> {
  const buffer = Buffer.alloc(pieceBytes);
  const { bytesRead } = await file.read(buffer, 0, pieceBytes, offset);
  return buffer.subarray(0, bytesRead);
}

function lineEnd(piece: Buffer): number {
  return piece.findIndex((byte) => byte === 10 || byte === 13);
}

/** Two bytes for CRLF, one for LF or CR, none at the end of the file. */
async function lineEndLength(file: FileHandle, offset: number): Promise<number> {
  const buffer = Buffer.alloc(2);
  const { bytesRead } = await file.read(buffer, 0, 2, offset);
  return Math.min(bytesRead, buffer.toString("latin1") === "\r\n" ? 2 : 1);
}
