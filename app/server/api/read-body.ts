import { ApiError } from "./api-error.ts";

const maxBodyBytes = 10 * 2 ** 20;

/** How a body holds cases. */
export type BodyFormat = "array" | "lines";

const formats: Readonly<Record<string, BodyFormat>> = {
  "application/json": "array",
  "application/x-ndjson": "lines",
  "application/ndjson": "lines",
};

/** By the content type, which no page of another site can set without being asked first. @throws ApiError 415 */
export function bodyFormat(request: Request): BodyFormat {
  const contentType = request.headers.get("content-type") ?? "";
  const [type = ""] = contentType.split(";");
  const name = type.trim().toLowerCase();
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format !== undefined) return format;
  throw new ApiError(
    415,
    "unsupported_media_type",
    `The content type is “${contentType}”; expected application/json (an array of cases) or application/x-ndjson (one case a line).`,
  );
}

/** The body, whole and in UTF-8. @throws ApiError 413 as soon as it is too large, 400 where it is no text */
export async function readBody(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > maxBodyBytes) throw tooLarge();
    parts.push(part);
  }
  const body = withoutMark(Buffer.concat(parts));
  refuseOtherEncodings(body);
  return body;
}

function tooLarge(): ApiError {
  return new ApiError(
    413,
    "body_too_large",
    "The body has more than 10 MB; expected at most that. Send the cases in several requests.",
  );
}

function withoutMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}

function refuseOtherEncodings(body: Buffer): void {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new ApiError(400, "not_utf8", "The body is not UTF-8; expected text in UTF-8.");
  }
}
