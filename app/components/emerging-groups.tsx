import { counted } from "#app/format.ts";
import type { EmergingGroupLine, EmergingView } from "#app/server/emerging-view.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

const groupsShown = 10;

/** Emerging cases that are alike, apart from the causes: they are none yet, so no figure of causes counts them. */
export function EmergingGroups({ groups, sentence }: EmergingView) {
  const more = groups.slice(groupsShown);
  return (
    <section id="emerging">
      <h2>Emerging: not causes yet</h2>
      <p>{sentence}</p>
      {groups.length > 0 && (
        <>
          <GroupTable groups={groups.slice(0, groupsShown)} caption="Groups of emerging cases" />
          {more.length > 0 && (
            <details>
              <summary>{counted(more.length, "smaller group")}</summary>
              <GroupTable groups={more} caption="Smaller groups of emerging cases" />
            </details>
          )}
          <p className="small soft">
            A group may be the beginning of a cause, or chance; so few cases say nothing of a trend. They
            count as “no cause known” everywhere. Open a group to read its cases and to make a cause of it.
            Left alone, the next run may find it as a cause by itself, or put its cases elsewhere.
          </p>
        </>
      )}
    </section>
  );
}

function GroupTable({ groups, caption }: { groups: readonly EmergingGroupLine[]; caption: string }) {
  return (
    <ScrollingTable caption={caption} captionHidden>
      <thead>
        <tr>
          <th scope="col">What its cases say</th>
          <th scope="col" className="number">
            Cases
          </th>
          <th scope="col" className="number">
            Customers
          </th>
          <th scope="col">First</th>
          <th scope="col">Latest</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ label, href, cases, customers, first, latest, opening }) => (
          <tr key={href}>
            <th scope="row">
              <a href={href}>{label}</a>
              <span className="small soft emerging-opening">{opening}</span>
            </th>
            <td className="number">{cases}</td>
            <td className="number">{customers}</td>
            <td className="case-date">{first}</td>
            <td className="case-date">{latest}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}
