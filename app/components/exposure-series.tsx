import { counted, listText, sentenceCase } from "#app/format.ts";
import type { CoveredView, SeriesView } from "#app/server/exposure-view.ts";
import { Notice } from "./notice.tsx";
import { ScrollingTable } from "./scrolling-table.tsx";

/** A series: what days it has, which are missing, and what can be done with it. */
export function ExposureSeriesSection({ series }: { series: SeriesView }) {
  const { seriesId, name, unit, scope, covered, strangers, latestLoad, csvHref, isUsed } = series;
  return (
    <section>
      <h2>{name}</h2>
      <p>
        {sentenceCase(unit)} a day, {scope === "all" ? "of all together" : `by ${scope}`}.{" "}
        {latestLoad !== null && <span className="soft">Latest load: {latestLoad}.</span>}
      </p>
      {strangers.length > 0 && (
        <Notice kind="warning">
          No case that is loaded has the {scope} {listText(strangers.slice(0, 12).map((one) => `“${one}”`))}
          {strangers.length > 12 && ` (and ${strangers.length - 12} more)`}: is it spelled otherwise there?
        </Notice>
      )}
      <CoveredTable name={name} unit={unit} scope={scope} covered={covered} />
      <p>
        <a href={csvHref} download>
          Download CSV<span className="visually-hidden">: {name}</span>
        </a>
      </p>
      <details className="no-print">
        <summary>
          Load more days, or remove it<span className="visually-hidden">: {name}</span>
        </summary>
        <div className="split-choice">
          <form method="post" encType="multipart/form-data" className="stacked-form">
            <input type="hidden" name="kind" value="load" />
            <input type="hidden" name="series" value={seriesId} />
            <FileField />
            <p className="small soft">Days that it has already are replaced; all others stay.</p>
            <button type="submit">Load the days</button>
          </form>
          {isUsed ? (
            <p className="soft">
              The check of a second fix is judged by this series, so it can’t be removed.
            </p>
          ) : (
            <form method="post" className="stacked-form">
              <input type="hidden" name="kind" value="remove" />
              <input type="hidden" name="series" value={seriesId} />
              <button type="submit" className="quiet">
                Remove the series and its days
              </button>
            </form>
          )}
        </div>
      </details>
    </section>
  );
}

function CoveredTable({
  name,
  unit,
  scope,
  covered,
}: Pick<SeriesView, "name" | "unit" | "scope" | "covered">) {
  return (
    <ScrollingTable caption={`Days of ${name}`} captionHidden>
      <thead>
        <tr>
          <th scope="col">{scope === "all" ? "Of" : sentenceCase(scope)}</th>
          <th scope="col" className="date">
            Reach
          </th>
          <th scope="col" className="number">
            Days
          </th>
          <th scope="col" className="number">
            {sentenceCase(unit)}
          </th>
          <th scope="col">Missing days: unknown, not 0</th>
        </tr>
      </thead>
      <tbody>
        {covered.map(({ scopeValue, reach, days, total, gaps }) => (
          <tr key={scopeValue ?? ""}>
            <th scope="row">{scopeValue ?? "all"}</th>
            <td className="date">{reach}</td>
            <td className="number">{days}</td>
            <td className="number">{total}</td>
            <td>{gapsText(gaps)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function gapsText({ days, listed, unlisted }: CoveredView["gaps"]): string {
  if (days === 0) return "none";
  const more = unlisted === 0 ? "" : ` and ${counted(unlisted, "more gap")}`;
  return `${counted(days, "day")}: ${listed.join("; ")}${more}`;
}

/** Makes a series of a file. */
export function LoadForm({ fields, isFirst }: { fields: { name: string; unit: string }; isFirst: boolean }) {
  return (
    <section className="section no-print">
      <h2>{isFirst ? "Load the first series" : "Load another series"}</h2>
      <p>
        A CSV file in UTF-8 with a header and a row a day: <code>day,value</code>,{" "}
        <code>day,product,value</code> or <code>day,team,value</code>. The day is written 2026-11-22 and may
        be headed <code>date</code>; the column of the numbers may have any name if no other column is there.
        It is loaded whole or not at all.
      </p>
      <form method="post" encType="multipart/form-data" className="stacked-form">
        <input type="hidden" name="kind" value="create" />
        <label>
          <span>Name of the series</span>
          <input name="name" required maxLength={80} defaultValue={fields.name} autoComplete="off" />
        </label>
        <label>
          <span>What it counts, in the plural: orders, contacts, customers</span>
          <input name="unit" required maxLength={40} defaultValue={fields.unit} autoComplete="off" />
        </label>
        <FileField />
        <button type="submit">Load the series</button>
      </form>
    </section>
  );
}

function FileField() {
  return (
    <label>
      <span>CSV file, up to 20 MB</span>
      <input type="file" name="file" accept=".csv,.tsv,.txt,text/csv" required />
    </label>
  );
}
