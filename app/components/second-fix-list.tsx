import { dateText } from "#app/format.ts";
import type { CauseFix } from "#app/server/cause-call.ts";

/** The second fixes of a cause, each with how far it is and its verdict. */
export function SecondFixList({ fixes }: { fixes: readonly CauseFix[] }) {
  if (fixes.length === 0) return null;
  return (
    <section>
      <h2>Second fixes</h2>
      <ul className="second-fixes">
        {fixes.map((fix) => (
          <li key={fix.href}>
            <p>
              <a href={fix.href}>{fix.title}</a> – {fix.what}
            </p>
            <p>{fix.description}</p>
            <p className="small soft">
              {fix.state}
              {fix.implementedOn !== null && `; in place since ${dateText(fix.implementedOn)}`}.
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
