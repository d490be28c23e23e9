import type { ReactNode } from "react";
import { unknown } from "#app/format.ts";

export interface DescriptionListProps {
  /** A missing value is printed as unknown, never left out. */
  items: readonly { term: string; value: ReactNode }[];
}

export function DescriptionList({ items }: DescriptionListProps) {
  return (
    <dl className="description-list">
      {items.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value ?? <span className="soft">{unknown}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
