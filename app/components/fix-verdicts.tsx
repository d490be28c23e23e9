import type { VerdictsView, VerdictView } from "#app/server/fix-verdict-view.ts";

/** The verdicts on a fix: the statistics' and a person's side by side, and those that were taken back. */
export function FixVerdicts({ measured, regressed, override, holds, revoked }: VerdictsView) {
  const isAny = measured !== null || regressed !== null || override !== null || revoked.length > 0;
  if (!isAny) return null;
  return (
    <section className="section">
      <h2>Verdict</h2>
      <div className="fix-verdicts">
        {override !== null && <Verdict view={override} stands={holds === "override"} />}
        {regressed !== null && <Verdict view={regressed} stands={holds === "regressed"} />}
        {measured !== null && <Verdict view={measured} stands={holds === "measured"} />}
      </div>
      {revoked.length > 0 && (
        <>
          <h3>Taken back</h3>
          <ul className="fix-verdicts">
            {revoked.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The one that holds is marked, and says so. */
function Verdict({ view, stands }: { view: VerdictView; stands: boolean }) {
  const { headline, sentences, by, runHref } = view;
  return (
    <div className="fix-verdict" data-stands={stands}>
      <h3>{headline}</h3>
      {!stands && <p className="small soft">Kept, and not the verdict that holds now.</p>}
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="small soft">
        {by} {runHref !== null && <a href={runHref}>The run whose assigner counted both windows</a>}
      </p>
    </div>
  );
}
