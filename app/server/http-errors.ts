/**
 * Errors by name. On a page the root's boundary turns status and sentence into words; a download or an address
 * without a page answers with the sentence itself, as plain text.
 */
export function notFound(sentence: string): Response {
  return refusal(sentence, 404, "Not found");
}

export function badRequest(sentence: string): Response {
  return refusal(sentence, 400, "Bad request");
}

/** Who asks may not have what was asked for. */
export function forbidden(sentence: string): Response {
  return refusal(sentence, 403, "Not allowed");
}

/** What was asked for was right once, and things have changed since. */
export function conflict(sentence: string): Response {
  return refusal(sentence, 409, "Not any more");
}

/** Nothing is wrong with what was asked for, and later it may be answered. */
export function unavailable(sentence: string): Response {
  return refusal(sentence, 503, "Not now");
}

function refusal(sentence: string, status: number, statusText: string): Response {
  const headers = { "content-type": "text/plain; charset=utf-8" };
  return new Response(sentence, { status, statusText, headers });
}
