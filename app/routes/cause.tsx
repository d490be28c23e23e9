import { data, redirect } from "react-router";
import { type Category, categories } from "#analytics/case.ts";
import { CauseTrend } from "#app/charts/cause-trend.tsx";
import { AuditHistory } from "#app/components/audit-history.tsx";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CaseList } from "#app/components/case-list.tsx";
import { CauseCall } from "#app/components/cause-call.tsx";
import { CauseDecisionForms, CauseSetAside } from "#app/components/cause-decision-forms.tsx";
import { CauseFacts } from "#app/components/cause-facts.tsx";
import { CauseHistory } from "#app/components/cause-history.tsx";
import { CauseMadeByPerson } from "#app/components/cause-made-by-person.tsx";
import { CauseMerge } from "#app/components/cause-merge.tsx";
import { CauseSplit } from "#app/components/cause-split.tsx";
import { ContributedCases } from "#app/components/contributed-cases.tsx";
import { FigureWithTable } from "#app/components/figure-with-table.tsx";
import { HeadlineTiles } from "#app/components/headline-tiles.tsx";
import { OutcomeFigure } from "#app/components/outcome-figure.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { PinnedCases } from "#app/components/pinned-cases.tsx";
import { PlaybookLine } from "#app/components/playbook-line.tsx";
import { SecondFixList } from "#app/components/second-fix-list.tsx";
import { SubjectRetrospectives, YearAgoNotice } from "#app/components/subject-retrospectives.tsx";
import { VolumeLine } from "#app/components/volume-line.tsx";
import { counted } from "#app/format.ts";
import { askForVerdicts } from "#app/server/ask-for-verdicts.ts";
import { auditHistory } from "#app/server/audit-history.ts";
import { takeBack } from "#app/server/case-move.ts";
import { causeCallView, makeCall } from "#app/server/cause-call.ts";
import { causeHistory } from "#app/server/cause-history.ts";
import { causeMergeView } from "#app/server/cause-merge.ts";
import { causeSplitView, changeSplit, takeBackSplit } from "#app/server/cause-split.ts";
import { contributedCases } from "#app/server/contributing-causes.ts";
import { promotionView, takeBackPromotion } from "#app/server/emerging-promotion.ts";
import { volumeLine } from "#app/server/exposure-view.ts";
import { badRequest, notFound } from "#app/server/http-errors.ts";
import { pinnedCasesView } from "#app/server/pinned-cases.ts";
import { playbookLine } from "#app/server/playbook-view.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import { requestCause } from "#app/server/request-cause.ts";
import { requestFilter, wholeNumber } from "#app/server/request-view.ts";
import { subjectRetrospectives } from "#app/server/subject-retrospectives.ts";
import { hrefTo } from "#app/tables/view.ts";
import { listCases } from "#db/queries/cases.ts";
import { mergeCauses, undoMerge } from "#db/queries/cause-merges.ts";
import { type Cause, type CauseDecision, decideCause, findCaseCause } from "#db/queries/causes.ts";
import { undoCategory } from "#db/queries/undo-category.ts";
import type { Database } from "#db/schema.ts";
import type { Route } from "./+types/cause.ts";

export const handle = { interactive: true };

/** What a merge or a split is asked for by, beside the filter. */
const pageKeys = ["merge", "split", "part", "words", "value"];
/** What the form's own fields take. */
const mostCharacters = { name: 200, reason: 500 };

export async function loader(args: Route.LoaderArgs) {
  const causeId = wholeNumber(args.params.causeId, "cause");
  const requested = await requestFilter(args, pageKeys);
  const { services, snapshot, page, asked, search } = requested;
  const { workspace } = snapshot;
  const { db } = services.database;
  const cause = await requestCause(requested, causeId);
  const { latest, sizes, split, ...shown } = await page("cause", { ...asked, causeId });
  const ids = cause.exemplar_case_id === null ? latest : [cause.exemplar_case_id, ...latest];
  const lines = (await listCases(db, workspace.id, ids)).map((line) => ({
    ...line,
    href: `/w/${encodeURIComponent(workspace.name)}/cases/${line.case_id}`,
  }));
  const fact = snapshot.facts.causes.find((known) => known?.causeId === causeId);
  return {
    ...shown,
    cause: {
      ...cause,
      stability: fact?.stability ?? null,
      // What people have put cases into is there, whatever the machine finds.
      vanished_run_id: fact === undefined ? cause.vanished_run_id : null,
      shownName: cause.name ?? cause.label,
    },
    call: await causeCallView(db, workspace, { causeId, today: asked.today }),
    exemplar: (await isElsewhere(db, workspace.id, cause))
      ? null
      : (lines.find((line) => line.case_id === cause.exemplar_case_id) ?? null),
    latest: lines.filter((line) => latest.includes(line.case_id)),
    history: await causeHistory(db, workspace, causeId),
    merge: await causeMergeView(db, workspace, { causeId, sizes, chosen: search.get("merge") || null }),
    split: await causeSplitView(requested, { causeId, split }),
    promotion: await promotionView(db, workspace, causeId),
    audit: await auditHistory(db, workspace, [{ type: "cause", id: String(causeId) }]),
    contributed: await contributedCases(db, workspace, causeId),
    pinned: await pinnedCasesView(db, workspace, causeId),
    retrospectives: await subjectRetrospectives(requested, { causeId }),
    playbook: await playbookLine(requested, causeId),
    volume: volumeLine(snapshot),
  };
}

/** A case that a person has put elsewhere speaks for the cause no more. */
async function isElsewhere(
  db: Database,
  workspaceId: number,
  { cause_id, exemplar_case_id: caseId, set_aside: isNone }: Cause,
): Promise<boolean> {
  if (isNone) return false; // its cases count as without a cause, and still say what it is
  return caseId !== null && (await findCaseCause(db, workspaceId, caseId))?.cause_id !== cause_id;
}

/** A person names the cause, says what kind it is, that another one is the same, or that it is two: all hold in every later run. */
export async function action(args: Route.ActionArgs) {
  const causeId = wholeNumber(args.params.causeId, "cause");
  const requested = await requestFilter(args, pageKeys);
  const { services, snapshot, asked } = requested;
  const { workspace } = snapshot;
  const form = await readForm(args.request);
  const { db } = services.database;
  const kind = textField(form, "kind", mostCharacters.name);
  if (kind === "call") {
    const refused = await makeCall(db, workspace.id, { causeId, form, today: asked.today, actor });
    if (refused !== null) return data(refused, 422);
  } else if (kind === "merge" || kind === "undo_merge")
    await changeMerge(db, workspace.id, { causeId, kind, form });
  else if (kind === "split") await changeSplit(requested, { causeId, form });
  else if (kind === "undo_split") await takeBackSplit(services, workspace.id, otherCause(form));
  else if (kind === "undo_promote") {
    await takeBackPromotion(services, workspace.id, causeId);
    services.forgetSnapshot(workspace.name);
    return redirect(hrefTo(workspace, "causes", asked.filter), 303);
  } else if (kind === "undo_move")
    await takeBack(services, workspace, textField(form, "case", mostCharacters.name) ?? "");
  else if (kind === "undo_category") {
    if (!(await undoCategory(db, workspace.id, { causeId, actor })))
      throw notFound(`Nobody has confirmed the category of cause ${causeId}, so there is nothing to undo.`);
  } else if (!(await decideCause(db, workspace.id, causeId, parseDecision(form))))
    throw notFound(`There is no cause ${causeId} in this workspace.`);
  services.forgetSnapshot(workspace.name);
  await askForVerdicts(services, workspace);
  return redirect(new URL(args.request.url).pathname, 303);
}

const actor = "local user";

async function changeMerge(
  db: Database,
  workspaceId: number,
  { causeId, kind, form }: { causeId: number; kind: "merge" | "undo_merge"; form: FormData },
): Promise<void> {
  const other = otherCause(form);
  if (kind === "undo_merge") {
    if (!(await undoMerge(db, workspaceId, { from: other, actor })))
      throw notFound(`The cause ${other} is not merged into another one. Open the page again.`);
    return;
  }
  if (other === causeId) throw badRequest("A cause can't be merged into itself. Choose another one.");
  const reason = textField(form, "reason", mostCharacters.reason);
  if (!(await mergeCauses(db, workspaceId, { into: causeId, from: other, actor, reason })))
    throw notFound(
      `The causes ${causeId} and ${other} can't be merged: one of them is merged already, or is not there. Open the page again.`,
    );
}

function otherCause(form: FormData): number {
  return wholeNumber(textField(form, "other", mostCharacters.name) ?? "", "other cause");
}

function parseDecision(form: FormData): CauseDecision {
  const reason = textField(form, "reason", mostCharacters.reason);
  const kind = textField(form, "kind", mostCharacters.name);
  if (kind === "rename") return { kind, actor, reason, name: textField(form, "name", mostCharacters.name) };
  if (kind === "set_category")
    return { kind, actor, reason, category: parseCategory(textField(form, "category", mostCharacters.name)) };
  if (kind === "not_a_cause") return { kind, actor, reason, setAside: form.get("undo") !== "yes" };
  throw badRequest(
    `The decision "${kind ?? ""}" is not known. Expected call, rename, set_category, undo_category, not_a_cause, merge, undo_merge, split, undo_split, undo_promote or undo_move.`,
  );
}

function parseCategory(text: string | null): Category | null {
  if (text === null) return null;
  const category = categories.find((value) => value === text);
  if (category === undefined)
    throw badRequest(
      `The category "${text}" is not known. Expected one of ${categories.join(", ")}, or nothing.`,
    );
  return category;
}

export default function CausePage({ loaderData, actionData }: Route.ComponentProps) {
  const { cause, head, headline, trend, outcomeFigure, call, exemplar, latest } = loaderData;
  return (
    <>
      <title>{`${cause.shownName} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Causes", href: loaderData.causesHref }]} />
      <FilteredPageHead title={cause.shownName} head={head} />
      {cause.set_aside && <CauseSetAside />}
      <YearAgoNotice {...loaderData.retrospectives} />
      {loaderData.promotion !== null && <CauseMadeByPerson {...loaderData.promotion} />}
      <CauseFacts cause={cause} exemplar={exemplar} />
      <HeadlineTiles rows={headline} />
      <FigureWithTable
        heading="Cases by month"
        subtitle={`Cases a month, ${head.period}; ${counted(loaderData.cases, "case")}, by the day they happened`}
        table={trend}
        description={loaderData.trendNote}
      >
        <CauseTrend
          rows={trend.rows}
          keys={{ month: "month", cases: "cases" }}
          category={cause.category}
          label={`Cases a month of ${cause.shownName}`}
          fixes={call.fixes.flatMap(({ implementedOn: date }) =>
            date === null ? [] : [{ date, label: "Second fix" }],
          )}
          incompleteFrom={loaderData.incompleteFrom}
        />
      </FigureWithTable>
      {loaderData.volume !== null && <VolumeLine {...loaderData.volume} />}
      <CauseCall {...call} refused={actionData ?? null} />
      <SecondFixList fixes={call.fixes} />
      <SubjectRetrospectives {...loaderData.retrospectives} />
      <PlaybookLine {...loaderData.playbook} />
      <OutcomeFigure {...outcomeFigure} />
      <section>
        <h2>Latest cases</h2>
        <CaseList lines={latest} />
        <p>
          <a href={loaderData.casesHref}>All {counted(loaderData.cases, "case")} of this cause</a>
        </p>
        <ContributedCases {...loaderData.contributed} />
      </section>
      <CauseHistory lines={loaderData.history} />
      <CauseDecisionForms cause={cause} cases={loaderData.cases} />
      <CauseMerge {...loaderData.merge} />
      <CauseSplit {...loaderData.split} />
      <PinnedCases {...loaderData.pinned} />
      <AuditHistory lines={loaderData.audit} />
    </>
  );
}
