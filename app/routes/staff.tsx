import { everything } from "#analytics/filter/filter.ts";
import { EmptyState } from "#app/components/empty-state.tsx";
import { MonthsChoice } from "#app/components/months-choice.tsx";
import { Notice } from "#app/components/notice.tsx";
import { ScrollingTable } from "#app/components/scrolling-table.tsx";
import { categoryText, counted, countText, dateText, periodText } from "#app/format.ts";
import { answerText, recommendationSentence, trainingWarnings } from "#app/sentences/training-sentences.ts";
import { requestStaff } from "#app/server/staff-question.ts";
import { defaultMonths, offeredMonths } from "#app/server/training-questions.ts";
import { hrefTo } from "#app/tables/view.ts";
import { listTrainingDecisions } from "#db/queries/training-decisions.ts";
import type { Route } from "./+types/staff.ts";

/** Whom to train: every cause of staff training, with what the counts recommend. No agent is named here. */
export async function loader(args: Route.LoaderArgs) {
  const { requested, asked, query } = await requestStaff(args);
  const { services, snapshot } = requested;
  const { workspace } = snapshot;
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  const decisions = await listTrainingDecisions(services.database.db, workspace.id);
  return {
    months: asked.months,
    offered: [...offeredMonths],
    isDefault: asked.months === defaultMonths,
    period: asked.weeks === 0 ? null : periodText(asked.period),
    questions: asked.questions.map(({ causeId, name, found }) => {
      const decision = decisions.findLast((one) => one.root_cause_id === causeId);
      return {
        causeId,
        name,
        href: `${base}/staff/${causeId}${query}`,
        answer: answerText(found.answer),
        sentence: recommendationSentence(found),
        warnings: trainingWarnings(found),
        cases: found.cases,
        named: found.named,
        decided:
          decision === undefined
            ? null
            : { answer: answerText(decision.answer), on: dateText(decision.decided_on) },
      };
    }),
    namesPeople: asked.namesPeople.map((one) => ({ ...one, href: `${base}/causes/${one.causeId}` })),
    causesHref: hrefTo(workspace, "causes", everything),
  };
}

export default function StaffPage({ loaderData }: Route.ComponentProps) {
  const { period, questions, namesPeople, causesHref } = loaderData;
  return (
    <>
      <title>Staff – Fix It Twice</title>
      <h1>A training for the unit, or a quiet talk?</h1>
      <p>
        Asked of each cause of staff training, by the agents whose work its cases are about; who answered a
        hard case is not counted for it. Nobody is named here.
      </p>
      <MonthsChoice {...loaderData} />
      {questions.length === 0 ? (
        <EmptyState
          title="No cause of staff training has a case in these months. The category of a cause is confirmed on its page."
          action={{ label: "Causes", href: causesHref }}
        />
      ) : (
        <QuestionTable questions={questions} caption={`Causes of staff training, ${period ?? ""}`} />
      )}
      {namesPeople.length > 0 && <NamesPeopleList causes={namesPeople} />}
    </>
  );
}

type LoaderData = Route.ComponentProps["loaderData"];

function QuestionTable({ questions, caption }: Pick<LoaderData, "questions"> & { caption: string }) {
  return (
    <ScrollingTable caption={caption}>
      <thead>
        <tr>
          <th scope="col">Cause</th>
          <th scope="col">Recommended</th>
          <th scope="col" className="number">
            Cases
          </th>
          <th scope="col" className="number">
            Naming an agent
          </th>
          <th scope="col">Decided</th>
        </tr>
      </thead>
      <tbody>
        {questions.map(({ href, name, answer, sentence, warnings, cases, named, decided }) => (
          <tr key={href}>
            <th scope="row">
              <a href={href}>{name}</a>
            </th>
            <td>
              <strong>{answer}</strong>
              <p className="small">{sentence}</p>
              {warnings.map((warning) => (
                <p key={warning} className="small">
                  <strong>Careful.</strong> {warning}
                </p>
              ))}
            </td>
            <td className="number">{countText(cases)}</td>
            <td className="number">{countText(named)}</td>
            <td>{decided === null ? "not yet" : `${decided.answer}, ${decided.on}`}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  );
}

function NamesPeopleList({ causes }: { causes: LoaderData["namesPeople"] }) {
  return (
    <section className="section">
      <h2>Not asked, although their cases name people</h2>
      <Notice kind="warning">
        A training is asked about only where the cause is one of staff training. Where a process or a product
        is at fault, the people whose names stand in the cases are not to be trained for it.
      </Notice>
      <ul className="second-fixes">
        {causes.map(({ href, name, category, named, looked }) => (
          <li key={href}>
            <a href={href}>{name}</a> ({categoryText(category)}): {countText(named)} of its latest{" "}
            {counted(looked, "case")} name whose work they are about.
            {category === null && " Say what kind of cause it is."}
          </li>
        ))}
      </ul>
    </section>
  );
}
