import { Readable } from "node:stream";

const lineFeed = 0x0a;
const mostBytes = 2 ** 20;

/** Takes the first line off a stream; what comes behind it is read on demand. @throws where there is no such line */
export async function takeFirstLine(stream: Readable): Promise<{ line: string; rest: Readable }> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>; // of a request, which has no encoding set
  let head = Buffer.alloc(0);
  for (;;) {
    const end = head.indexOf(lineFeed);
    if (end !== -1) {
      const behind = head.subarray(end + 1);
      return {
        line: head.toString("utf8", 0, end),
        rest: Readable.from(restOf(behind, chunks), { objectMode: false }),
      };
    }
    const { value, done } = await chunks.next();
    if (done === true || head.length > mostBytes)
      throw new Error(`Got ${head.length} bytes without a line feed; expected a line of JSON first.`);
    head = Buffer.concat([head, value]);
  }
}

async function* restOf(behind: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (behind.length > 0) yield behind;
  yield* { [Symbol.asyncIterator]: () => chunks };
}
