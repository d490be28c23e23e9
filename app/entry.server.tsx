import { Writable } from "node:stream";
import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type RouterContextProvider, ServerRouter } from "react-router";
import { nonceContext } from "./server/context.ts";
import { setSecurityHeaders } from "./server/security.ts";

export { servicesContext } from "./server/context.ts";

const abortAfterMilliseconds = 10_000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> | Response {
  headers.set("content-type", "text/html; charset=utf-8");
  // An address that not even the route "*" matches (a line break in it) comes here without the middleware.
  setSecurityHeaders(headers, context.get(nonceContext));
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const nonce = context.get(nonceContext) ?? undefined;
  return new Promise((resolve, reject) => {
    let code = status;
    const { pipe, abort } = renderToPipeableStream(
      <ServerRouter context={entry} url={request.url} {...(nonce !== undefined && { nonce })} />,
      {
        ...(nonce !== undefined && { nonce }),
        onAllReady() {
          pipe(intoOne((body) => resolve(new Response(body, { status: code, headers }))));
        },
        onShellError: reject,
        onError(error: unknown) {
          code = 500;
          console.error(error);
        },
      },
    );
    setTimeout(abort, abortAfterMilliseconds).unref();
  });
}

/**
 * Gathers a page. Its data are all there before it is drawn, so nobody waits longer for a whole one, and a page goes through
 * the streams of the server as one piece, not as a hundred.
 */
function intoOne(onWhole: (body: Uint8Array<ArrayBuffer>) => void): Writable {
  const chunks: Buffer[] = [];
  return new Writable({
    write(chunk: Uint8Array, _, done) {
      chunks.push(Buffer.from(chunk)); // React writes the next one to the same memory
      done();
    },
    final(done) {
      onWhole(Buffer.concat(chunks));
      done();
    },
  });
}
