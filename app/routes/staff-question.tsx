import { redirect } from "react-router";
import { everything, narrow } from "#analytics/filter/filter.ts";
import { formatDay } from "#analytics/period.ts";
import { FunnelPlot } from "#app/charts/funnel-plot.tsx";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { FigureWithTable } from "#app/components/figure-with-table.tsx";
import { MonthsChoice } from "#app/components/months-choice.tsx";
import { Notice } from "#app/components/notice.tsx";
import { TrainingDecisionForm } from "#app/components/training-decision-form.tsx";
import { counted, countText, dateText, periodText } from "#app/format.ts";
import {
  answerText,
  recommendationSentence,
  trainingWarnings,
  unitSentence,
} from "#app/sentences/training-sentences.ts";
import { revealAgents } from "#app/server/agent-names.ts";
import { decideTrainingFrom, requiredReason } from "#app/server/decide.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import { requestStaffQuestion } from "#app/server/staff-question.ts";
import { offeredMonths } from "#app/server/training-questions.ts";
import { labelAgents } from "#app/staff/agent-labels.ts";
import { funnelOf } from "#app/staff/funnel.ts";
import { agentsTable, unitsTable } from "#app/tables/agents-table.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { hrefTo } from "#app/tables/view.ts";
import { listTrainingDecisions } from "#db/queries/training-decisions.ts";
import type { Route } from "./+types/staff-question.ts";

const actor = "local user";

/** What is recommended of one cause of staff training, with its evidence. */
export async function loader(args: Route.LoaderArgs) {
  return viewOf(await requestStaffQuestion(args), {});
}

/** Keeps a decision; or shows the page once with the names of its agents, for a reason that is kept. */
export async function action(args: Route.ActionArgs) {
  const staff = await requestStaffQuestion(args);
  const { requested, question } = staff;
  const form = await readForm(args.request);
  if (textField(form, "decide", 40) === "reveal") {
    const names = await revealAgents(requested.services, requested.snapshot.workspace.id, {
      causeId: question.causeId,
      found: question.found,
      reason: requiredReason(form),
      actor,
    });
    return viewOf(staff, names);
  }
  await decideTrainingFrom(form, requested, { causeId: question.causeId, actor });
  const { pathname, search } = new URL(args.request.url);
  return redirect(pathname + search, 303);
}

async function viewOf(
  { requested, asked, query, question }: Awaited<ReturnType<typeof requestStaffQuestion>>,
  names: Readonly<Record<string, string>>,
) {
  const { workspace } = requested.snapshot;
  const { causeId, name, found } = question;
  const { start, end } = asked.period;
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  const tablesHref = (table: string) => `${base}/staff/${causeId}/${table}.csv${query}`;
  const agents = agentsTable(found, { csvHref: tablesHref("agents"), names });
  const days = `${formatDay(start)}..${formatDay(end - 1)}`;
  const decisions = await listTrainingDecisions(requested.services.database.db, workspace.id);
  return {
    causeId,
    name,
    months: asked.months,
    offered: [...offeredMonths],
    period: periodText(asked.period),
    answer: answerText(found.answer),
    sentence: recommendationSentence(found),
    warnings: trainingWarnings(found),
    cases: found.cases,
    named: found.named,
    isRevealed: Object.keys(names).length > 0,
    units: pageTable(unitsTable(found, tablesHref("units"))),
    funnels: labelAgents(found).map((unit, index) => ({
      unit: unit.unit,
      sentence: unitSentence(unit.unit, found.units[index]!.found),
      shown: unit.cases,
      agents: unit.agents.length,
      funnel: funnelOf(unit, found.units[index]!.found, names),
      table: pageTable({
        ...agents,
        caption: `${agents.caption} in ${unit.unit}`,
        rows: agents.rows.filter(({ cells }) => cells["unit"] === unit.unit),
      }),
    })),
    decisions: decisions
      .filter((one) => one.root_cause_id === causeId)
      .map(({ decision_id: id, answer, recommended, reason, actor: by, decided_on: on }) => ({
        id,
        text: `${dateText(on)}: ${answerText(answer)}, by ${by}. Recommended then: ${answerText(recommended)}. Reason: ${reason}`,
        opens:
          answer === "neither" ? null : answer === "unit" ? ("training" as const) : ("coaching" as const),
      }))
      .toReversed(),
    staffHref: `${base}/staff${query}`,
    causeHref: `${base}/causes/${causeId}`,
    casesHref: hrefTo(workspace, "cases", narrow({ ...everything, period: days }, "cause", String(causeId))),
    newFixHref: `${base}/fixes/new?cause=${causeId}`,
  };
}

export default function StaffQuestionPage({ loaderData, actionData }: Route.ComponentProps) {
  const view = actionData ?? loaderData;
  return (
    <>
      <title>{`Whom to train: ${view.name} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Staff", href: view.staffHref }]} />
      <h1>{view.name}</h1>
      <MonthsChoice {...view} />
      <p>
        <strong>Recommended: {view.answer}.</strong> {view.sentence}
      </p>
      {view.warnings.map((warning) => (
        <Notice key={warning} kind="warning">
          {warning}
        </Notice>
      ))}
      <p>
        <a href={view.casesHref}>{counted(view.cases, "case")}</a> in these weeks, of which{" "}
        {countText(view.named)} say whose work they are about. <a href={view.causeHref}>The cause</a>
      </p>
      <Decision {...view} />
      {view.funnels.length > 0 && <Evidence {...view} />}
    </>
  );
}

type View = Route.ComponentProps["loaderData"];

function Decision({ causeId, decisions, newFixHref }: Pick<View, "causeId" | "decisions" | "newFixHref">) {
  return (
    <section className="section">
      <h2>Decision</h2>
      {decisions.length === 0 && <p>Nobody has decided yet.</p>}
      {decisions.length > 0 && (
        <ul className="second-fixes">
          {decisions.map(({ id, text, opens }) => (
            <li key={id}>
              {text}
              {opens !== null && (
                <>
                  {" "}
                  <a href={`${newFixHref}&kind=${opens}`}>Open a second fix for it</a>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <TrainingDecisionForm causeId={causeId} />
    </section>
  );
}

function Evidence({ funnels, units, isRevealed }: View) {
  return (
    <>
      <section className="section">
        <h2>Evidence</h2>
        <p>
          Each unit by itself, its agents under letters. Counts under 5 are hidden, with whatever would tell
          them.
        </p>
        <Names isRevealed={isRevealed} />
      </section>
      {funnels.map(({ unit, sentence, shown, agents: count, funnel, table }) => (
        <FigureWithTable
          key={unit}
          heading={unit}
          subtitle={`${sentence} ${shown === null ? "Its cases are too few to be shown." : `${counted(shown, "case")} name one of its ${countText(count)} agents.`}`}
          table={table}
          description="Up: cases about the work of an agent. Across: cases of any kind that the agent handled. The middle line is what the share of the work leads to expect; of 20 fair agents one lies outside the inner limits, of 500 one outside the outer ones. Hidden counts are not drawn. Who stands out is told by the adjusted p, not by the limits."
        >
          {funnel !== null && (
            <FunnelPlot funnel={funnel} label={`Funnel plot of ${unit}: cases by what an agent handled`} />
          )}
        </FigureWithTable>
      ))}
      <section className="section">
        <h2>Units</h2>
        <DataTable table={units} captionHidden />
      </section>
    </>
  );
}

function Names({ isRevealed }: Pick<View, "isRevealed">) {
  if (isRevealed)
    return (
      <Notice kind="info" title="Names are shown on this page once">
        That they were asked for, by whom and why, is kept in the history. Open the page again and they are
        letters.
      </Notice>
    );
  return (
    <details className="no-print">
      <summary>Reveal the names</summary>
      <form method="post" className="stacked-form">
        <input type="hidden" name="decide" value="reveal" />
        <p>For who has to talk to them. Who asked, and why, is kept in the history.</p>
        <label>
          <span>Reason (kept)</span>
          <input name="reason" required maxLength={500} />
        </label>
        <button type="submit">Reveal the names on this page once</button>
      </form>
    </details>
  );
}
