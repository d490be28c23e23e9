export interface BreadcrumbProps {
  /** From the widest page down to the parent of this one. */
  parents: readonly { label: string; href: string }[];
}

export function Breadcrumb({ parents }: BreadcrumbProps) {
  return (
    <nav className="breadcrumb small" aria-label="Where this page stands">
      <ol>
        {parents.map(({ label, href }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
