import { countText, partText } from "#app/format.ts";
import type { SampleView } from "#app/server/coding-sample.ts";
import { DescriptionList } from "./description-list.tsx";

/** A sample: who has coded how much of it, how far they agree, and where to code. */
export function CodingSample(sample: SampleView) {
  const { sampleId, sentence, cases, coders, agreements, href, csvHref } = sample;
  return (
    <section className="section">
      <h2>Sample {countText(sampleId)}</h2>
      <p>{sentence}</p>
      {coders.length === 0 ? (
        <p className="soft">Nobody has coded a case of it yet.</p>
      ) : (
        <>
          <ul>
            {coders.map(({ coder, coded, href: toTheirs }) => (
              <li key={coder}>
                <a href={toTheirs}>{coder}</a> has coded {partText(coded, cases)}
              </li>
            ))}
          </ul>
          <DescriptionList items={agreements} />
          <p className="small soft">
            “None of these” counts as a cause of its own. Categories are compared where both give one.
            Intervals by Fleiss, Cohen & Everitt 1969.{" "}
            <a href={csvHref} download>
              Download the codes as CSV
            </a>{" "}
            (ids and codes; no text, and coders by number in the order above).
          </p>
        </>
      )}
      <form method="get" action={href} className="stacked-form no-print">
        <label>
          <span>Your name (kept with each code)</span>
          <input name="coder" required maxLength={60} autoComplete="name" />
        </label>
        <button type="submit">Code this sample</button>
      </form>
    </section>
  );
}
