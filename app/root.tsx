import type { ReactNode } from "react";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, useMatches } from "react-router";
import type { Route } from "./+types/root.ts";
import { ErrorPage } from "./components/error-page.tsx";
import { nonceContext } from "./server/context.ts";
import { refuseForeignWrites, securityHeaders } from "./server/security.ts";
import { type Theme, themeOf } from "./server/theme.ts";
import "./styles/site.css";

export const middleware: Route.MiddlewareFunction[] = [securityHeaders, refuseForeignWrites];

export function loader({ request, context }: Route.LoaderArgs): { theme: Theme; nonce: string | null } {
  return { theme: themeOf(request), nonce: context.get(nonceContext) };
}

/** Only pages with an interactive chart load scripts: they say so by `handle.interactive`. */
export function Layout({ children }: { children: ReactNode }) {
  const matches = useMatches();
  const root = matches[0]?.loaderData as Route.ComponentProps["loaderData"] | undefined; // undefined when its loader threw
  const interactive = matches.some(
    ({ handle }) => (handle as { interactive?: boolean } | undefined)?.interactive,
  ); // ours
  return (
    <html lang="en-GB" data-theme={root?.theme === "system" ? undefined : root?.theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {interactive && <Scripts nonce={root?.nonce ?? undefined} />}
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return isRouteErrorResponse(error) ? (
    <ErrorPage
      status={error.status}
      title={error.statusText}
      sentence={error.status === 405 ? "This page takes no such request: open it first." : String(error.data)}
    />
  ) : (
    <ErrorPage
      status={500}
      title="Something went wrong here"
      sentence="The page could not be made. Nothing was changed. The server's log has the reason; try again, and tell whoever runs this server if it stays."
    />
  );
}
