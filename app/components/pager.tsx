import { counted, countText } from "#app/format.ts";

export interface PagerProps {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  noun: string;
  hrefOf: (page: number) => string;
}

export function Pager({ page, pageSize, total, noun, hrefOf }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(total, page * pageSize);
  return (
    <nav className="pager" aria-label={`Pages of the ${noun} list`}>
      <p>
        {countText(first)}–{countText(last)} of {counted(total, noun)}
      </p>
      {pages > 1 && (
        <ul>
          <li>{page > 1 && <a href={hrefOf(page - 1)}>← Previous</a>}</li>
          <li>
            Page {countText(page)} of {countText(pages)}
          </li>
          <li>{page < pages && <a href={hrefOf(page + 1)}>Next →</a>}</li>
        </ul>
      )}
    </nav>
  );
}
