import type { ReactNode } from "react";
import { momentText } from "#app/format.ts";
import { ThemeChoice, type ThemeChoiceProps } from "./theme-choice.tsx";

export interface NavLink {
  label: string;
  href: string;
  current: boolean;
}

export interface PageShellProps {
  nav: readonly NavLink[];
  /** Every workspace; the current one is named in the header. */
  workspaces: readonly NavLink[];
  /** The cases are invented: said on every page. */
  simulated: boolean;
  footer: PageFooterProps;
  children: ReactNode;
}

export interface PageFooterProps {
  /** The last day or instant that the data cover; `null` before the first import. */
  dataThrough: string | null;
  timeZone: string;
  version: string;
  appearance: ThemeChoiceProps;
}

/** What every page has around it. The page itself starts with its `<h1>`. */
export function PageShell({ nav, workspaces, simulated, footer, children }: PageShellProps) {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      {simulated && (
        <aside className="page-banner" aria-label="About the data">
          <p>
            <strong>Simulated data.</strong> This company, its customers and its cases are invented.
          </p>
        </aside>
      )}
      <header className="page-header">
        <Brand href={nav[0]?.href ?? "/"} />
        <nav className="page-nav" aria-label="Pages">
          <ul>
            {nav.map((link) => (
              <li key={link.href}>
                <PageLink link={link} />
              </li>
            ))}
          </ul>
        </nav>
        <WorkspaceSwitch workspaces={workspaces} />
      </header>
      <main className="page-main" id="main" tabIndex={-1}>
        {children}
      </main>
      <PageFooter {...footer} />
    </>
  );
}

function Brand({ href }: { href: string }) {
  return (
    <a className="page-brand" href={href}>
      <svg viewBox="0 0 24 20" aria-hidden="true">
        <path d="M2 10l5 5 6-9" />
        <path className="second" d="M9 10l5 5 7-12" />
      </svg>
      Fix It Twice
    </a>
  );
}

function WorkspaceSwitch({ workspaces }: { workspaces: readonly NavLink[] }) {
  const current = workspaces.find((workspace) => workspace.current);
  if (current === undefined) return null;
  if (workspaces.length === 1) return <p className="workspace-switch">{current.label}</p>;
  return (
    <details className="workspace-switch">
      <summary>
        <span className="visually-hidden">Workspace: </span>
        {current.label}
      </summary>
      <ul>
        {workspaces.map((link) => (
          <li key={link.href}>
            <PageLink link={link} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function PageLink({ link }: { link: NavLink }) {
  return (
    <a href={link.href} aria-current={link.current ? "page" : undefined}>
      {link.label}
    </a>
  );
}

function PageFooter({ dataThrough, timeZone, version, appearance }: PageFooterProps) {
  return (
    <footer className="page-footer">
      <ul>
        <li>{dataThrough === null ? "No data yet" : `Data through ${momentText(dataThrough, timeZone)}`}</li>
        <li>Days are those of {timeZone}</li>
        <li>Fix It Twice {version}</li>
      </ul>
      <ThemeChoice {...appearance} />
    </footer>
  );
}
