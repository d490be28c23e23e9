import { answer } from "#app/server/api/answer.ts";
import { ApiError, errorResponse } from "#app/server/api/api-error.ts";
import { receiveCases } from "#app/server/api/receive-cases.ts";
import { servicesOf } from "#app/server/context.ts";
import type { Route } from "./+types/api-cases.ts";

/** Takes cases from programs (docs/api.md). */
export async function action({ request, context }: Route.ActionArgs) {
  if (request.method !== "POST") return wrongMethod(request);
  return answer(() => receiveCases(request, servicesOf(context)));
}

export function loader({ request }: Route.LoaderArgs) {
  return wrongMethod(request);
}

function wrongMethod({ method }: Request): Response {
  const error = new ApiError(405, "method_not_allowed", `Got ${method}; this address takes POST only.`);
  return errorResponse(error, { allow: "POST" });
}
