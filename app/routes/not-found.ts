import { notFound } from "#app/server/http-errors.ts";
import type { Route } from "./+types/not-found.ts";

/** React Router runs no middleware for an address without a route, so every address has this one. */
export function loader({ request }: Route.LoaderArgs) {
  throw notFound(`There is no page at ${new URL(request.url).pathname}.`);
}

/** Never drawn; but only a route with a page of its own answers by the root's error page. */
export default function NotFound() {
  return null;
}
