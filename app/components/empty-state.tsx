import type { ReactNode } from "react";

export interface EmptyStateProps {
  /** What there is nothing of: "No case matches these filters". */
  title: string;
  /** The way out. */
  action?: { label: string; href: string };
  children?: ReactNode;
}

/** Where rows or a chart would be and there are none: it says why, and what to do. */
export function EmptyState({ title, action, children }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <p className="lead">{title}</p>
      {children !== undefined && <div className="soft">{children}</div>}
      {action !== undefined && (
        <p>
          <a href={action.href}>{action.label}</a>
        </p>
      )}
    </div>
  );
}
