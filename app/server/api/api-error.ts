/** Why a request of a program is refused: a word for the program, and a sentence for the person behind it. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}

export function errorResponse({ status, code, message }: ApiError, headers: HeadersInit = {}): Response {
  return Response.json({ error: { code, message } }, { status, headers });
}
