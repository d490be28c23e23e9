import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BadInput } from "../bad-input.ts";

const chunkBytes = 1024 * 1024;

interface Transcoding {
  from: string;
  to: string;
  encoding: string;
  name: string;
}

/**
 * Copies a text of another encoding as UTF-8, without a byte order mark. Strict: nothing becomes U+FFFD in silence; the
 * first byte that is no character of the encoding is refused by its line.
 * @throws BadInput
 */
export async function transcode({ from, to, encoding, name }: Transcoding): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  async function* decoded(): AsyncGenerator<string> {
    let offset = 0;
    for await (const chunk of chunksOf(from)) {
      const text = decodedOrNull(decoder, chunk);
      if (text === null)
        throw notDecoded({ encoding, name, line: await lineOfBadByte(from, encoding, offset) });
      yield text;
      offset += chunk.length;
    }
    if (decodedOrNull(decoder, null) === null)
      throw notDecoded({ encoding, name, line: await lineOfBadByte(from, encoding, offset) });
  }
  await pipeline(Readable.from(decoded(), { objectMode: false }), createWriteStream(to));
}

function chunksOf(path: string, end?: number): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: chunkBytes, ...(end !== undefined && { end }) });
}

/** The characters that end in a chunk, at the end of a text (`null`) nothing; `null` where there is none. */
function decodedOrNull(decoder: TextDecoder, chunk: Buffer | null): string | null {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    return null;
  }
}

/** Decodes once more, the bytes from `offset` on one by one. */
async function lineOfBadByte(path: string, encoding: string, offset: number): Promise<number> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const breaks = { lineFeeds: 0, carriageReturns: 0 };
  const count = (text: string | null): boolean => {
    breaks.lineFeeds += text?.match(/\n/g)?.length ?? 0;
    breaks.carriageReturns += text?.match(/\r/g)?.length ?? 0;
    return text !== null;
  };
  if (offset > 0) for await (const chunk of chunksOf(path, offset - 1)) count(decodedOrNull(decoder, chunk));
  const rest: AsyncIterable<Buffer> = createReadStream(path, { start: offset });
  for await (const chunk of rest)
    for (let i = 0; i < chunk.length; i++)
      if (!count(decodedOrNull(decoder, chunk.subarray(i, i + 1))))
        return 1 + (breaks.lineFeeds || breaks.carriageReturns);
  return 1 + (breaks.lineFeeds || breaks.carriageReturns);
}

function notDecoded({ encoding, name, line }: { encoding: string; name: string; line: number }): BadInput {
  return new BadInput(
    `${name} is not ${encoding}: line ${line} holds bytes that are no character in it. ` +
      "Choose another encoding, or save the file as UTF-8.",
  );
}
