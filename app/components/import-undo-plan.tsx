import type { ReactNode } from "react";
import { counted, countText } from "#app/format.ts";
import { touchText } from "#app/imports/describe-undo.ts";
import type { Listed, UndoPlan } from "#db/imports/store/undo-import.ts";
import type { UndoneCase } from "#db/imports/store/undone-cases.ts";
import { ScrollingTable } from "./scrolling-table.tsx";

export interface ImportUndoPlanProps {
  plan: UndoPlan;
  casesHref: string;
}

/** What undoing an import would do to the cases it brought: each fate with its number, and the first of the cases. */
export function ImportUndoPlan({ plan, casesHref }: ImportUndoPlanProps) {
  const { removed, restored, spliced, kept, unchangedLater } = plan;
  return (
    <>
      <Fate title="Removed" of={removed} casesHref={casesHref}>
        This load alone brought them.
      </Fate>
      <Fate
        title="Restored"
        of={restored}
        casesHref={casesHref}
        why={({ earlier }) => `gets the value of ${earlier.fileName} back`}
      >
        This load changed them last: they get the value back that they had before.
      </Fate>
      <Fate
        title="Left as a later load made them"
        of={spliced}
        casesHref={casesHref}
        why={({ later }) => `keeps the value of ${later.fileName}`}
      >
        A later load changed them since.
      </Fate>
      <Fate title="Kept" of={kept} casesHref={casesHref} why={({ why }) => `kept, because ${touchText(why)}`}>
        This load alone brought them, but a person has worked with them since.
      </Fate>
      {unchangedLater > 0 && (
        <p>
          Later loads found {counted(unchangedLater, "row")} unchanged. Those of them that this load had
          brought go, or fall back, too: load the later file again to have them back.
        </p>
      )}
    </>
  );
}

interface FateProps<Case extends UndoneCase> {
  title: string;
  of: Listed<Case>;
  casesHref: string;
  why?: (listed: Case) => string;
  children: ReactNode;
}

function Fate<Case extends UndoneCase>({ title, of, casesHref, why, children }: FateProps<Case>) {
  if (of.count === 0) return null;
  const shown =
    of.cases.length < of.count ? `The first ${countText(of.cases.length)} of them` : "All of them";
  return (
    <section>
      <h2>
        {title}: {counted(of.count, "case")}
      </h2>
      <p>{children}</p>
      <details>
        <summary>{shown}</summary>
        <ScrollingTable caption={`${title}: ${counted(of.count, "case")}`} captionHidden>
          <thead>
            <tr>
              <th scope="col">Case</th>
              <th scope="col">Title</th>
              {why !== undefined && <th scope="col">What becomes of it</th>}
            </tr>
          </thead>
          <tbody>
            {of.cases.map((listed) => (
              <tr key={listed.caseId}>
                <th scope="row">
                  <a href={`${casesHref}/${listed.caseId}`}>{listed.sourceCaseId}</a>
                </th>
                <td>{listed.title}</td>
                {why !== undefined && <td>{why(listed)}</td>}
              </tr>
            ))}
          </tbody>
        </ScrollingTable>
      </details>
    </section>
  );
}
