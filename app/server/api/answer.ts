import { ApiError, errorResponse } from "./api-error.ts";

/** Answers a program: what goes wrong is JSON too, and nothing of the inside of this one. */
export async function answer(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error);
    if (error instanceof Error && passing.has(error.name))
      return errorResponse(new ApiError(503, "database_unavailable", error.message), { "retry-after": "5" });
    console.error(error);
    return errorResponse(
      new ApiError(
        500,
        "internal",
        "The request could not be done, and nothing was changed. The server's log has the reason.",
      ),
    );
  }
}

/** Failures of the database that a later request may not meet. */
const passing = new Set(["DatabaseUnavailable", "StatementTooLong"]);
