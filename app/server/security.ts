import { randomBytes } from "node:crypto";
import type { MiddlewareFunction } from "react-router";
import { ApiError, errorResponse } from "./api/api-error.ts";
import { nonceContext } from "./context.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses every unsafe request that another site could have sent. Browsers say where a request comes from in
 * Sec-Fetch-Site; those that don't, in Origin. React Router checks page actions only; this covers every route.
 */
export const refuseForeignWrites: MiddlewareFunction<Response> = async ({ request, pattern }, next) => {
  if (safeMethods.has(request.method) || isOwnRequest(request)) return next();
  if (!programRoutes.has(pattern))
    return new Response(
      "This change was refused because it came from another site. Open the page here and send it again.",
      { status: 403, headers: { "content-type": "text/plain; charset=utf-8" } },
    );
  if (!isFromBrowser(request)) return next();
  return errorResponse(
    new ApiError(
      403,
      "foreign_origin",
      "The request came from a page of another site; expected a program, or a page of this one.",
    ),
  );
};

/**
 * Routes that programs write to, by their patterns as they were matched: however an address is spelled, it is the route
 * that decides. A program sends neither header; a browser, which sends at least one of them, is refused as elsewhere.
 */
const programRoutes: ReadonlySet<string> = new Set(["api/v1/cases"]);

function isFromBrowser({ headers }: Request): boolean {
  return headers.has("sec-fetch-site") || headers.has("origin");
}

function isOwnRequest(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = request.headers.get("origin");
  return origin !== null && origin === new URL(request.url).origin;
}

/** Sets the headers of every answer, under a nonce that is new with each. */
export const securityHeaders: MiddlewareFunction<Response> = async ({ context }, next) => {
  const nonce = import.meta.env.PROD ? randomBytes(16).toString("base64") : null;
  context.set(nonceContext, nonce);
  const response = await next();
  setSecurityHeaders(response.headers, nonce);
  return response;
};

/** The policy allows our own scripts by a nonce, and nothing from elsewhere. In development Vite needs more. */
export function setSecurityHeaders(headers: Headers, nonce: string | null): void {
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
  if (import.meta.env.PROD) headers.set("content-security-policy", contentSecurityPolicy(nonce));
}

function contentSecurityPolicy(nonce: string | null): string {
  return [
    "default-src 'self'",
    `script-src 'self'${nonce === null ? "" : ` 'nonce-${nonce}'`}`,
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}
