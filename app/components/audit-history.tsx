import type { AuditLine } from "#app/server/audit-history.ts";

/** Longer texts are folded away: a history is read by its lines. */
const lettersInLine = 120;

/** Who changed it, when, and what: the latest first, with how each field was before and after. */
export function AuditHistory({ lines }: { lines: readonly AuditLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section className="section no-print">
      <h2>Who changed what</h2>
      <ul className="audit-history">
        {lines.map((line) => (
          <li key={line.id}>
            <p>
              {line.what} <span className="soft small">{`${line.when}, ${line.who}`}</span>
            </p>
            {line.reason !== null && <p>Reason: {line.reason}</p>}
            <Changes {...line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Changes({ changes, isFirst }: AuditLine) {
  if (changes.length === 0) return null;
  const isLong = isFirst || changes.some(({ before, after }) => before.length + after.length > lettersInLine);
  if (!isLong) return <ChangeList changes={changes} isFirst={isFirst} />;
  return (
    <details>
      <summary className="small">
        {isFirst ? "What was written" : `What changed: ${changes.map(({ field }) => field).join(", ")}`}
      </summary>
      <ChangeList changes={changes} isFirst={isFirst} />
    </details>
  );
}

function ChangeList({ changes, isFirst }: Pick<AuditLine, "changes" | "isFirst">) {
  return (
    <dl className="audit-changes small">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {!isFirst && (
              <>
                <del>{before}</del> <span aria-hidden>→</span>{" "}
                <span className="visually-hidden">became </span>
              </>
            )}
            <ins>{after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
