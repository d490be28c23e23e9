import type { CaseLikenessView } from "#app/server/case-likeness.ts";

/** The cases that are most like one, each with its cause: what the machine goes by. */
export function NearestCases({
  cases,
  hindrance,
}: {
  cases: CaseLikenessView["nearest"];
  hindrance: CaseLikenessView["hindrance"];
}) {
  if (hindrance !== null)
    return <p className="soft small">The most similar cases cannot be told. {hindrance}</p>;
  if (cases.length === 0) return null;
  return (
    <>
      <h3>Most similar cases</h3>
      <ol>
        {cases.map(({ title, href, similarity, cause }) => (
          <li key={href}>
            <a href={href}>{title}</a>{" "}
            <span className="soft">
              – {similarity} alike, {cause ?? "no cause"}
            </span>
          </li>
        ))}
      </ol>
      <p className="soft small">
        Alike by words, their meaning and the fields of the case: 1.00 is a copy, 0 has nothing in common.
      </p>
    </>
  );
}
