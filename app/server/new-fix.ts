import { redirect } from "react-router";
import { everything } from "#analytics/filter/filter.ts";
import { type Day, formatDay, parseDay } from "#analytics/period.ts";
import { checkOf, type ExposureChoice } from "#app/fixes/check-days.ts";
import { type ReadFixForm, readFixForm, shownProblems } from "#app/fixes/fix-form.ts";
import { emptyFixForm, type FixForm, type FixProblem, fixFormOf, textIn } from "#app/fixes/form-fields.ts";
import { hrefTo } from "#app/tables/view.ts";
import { loadCalls } from "#db/queries/cause-calls.ts";
import { loadRoots } from "#db/queries/cause-roots.ts";
import { type Cause, findCause } from "#db/queries/causes.ts";
import { openFix } from "#db/queries/second-fixes.ts";
import { choosableSeries, type FixPreview, fixPreview } from "./fix-preview.ts";
import { stepActor } from "./fix-steps.ts";
import { fixHref } from "./fix-view.ts";
import { conflict, notFound } from "./http-errors.ts";
import { type RequestedSnapshot, wholeNumber } from "./request-view.ts";

/** The page of a second fix that is being opened. Plain data. */
export interface NewFixView {
  cause: { causeId: number; name: string; href: string };
  form: FixForm;
  series: ExposureChoice[];
  problems: FixProblem[];
  preview: FixPreview | null;
  /** What becomes of the call. */
  callSentence: string | null;
}

interface RequestedCause {
  causeId: number;
  name: string;
  /** The day of the call to fix it; `null`: nobody has made one that holds. */
  calledOn: Day | null;
}

/** The cause that a second fix is to be opened of. */
async function requestCause(
  { services, snapshot }: RequestedSnapshot,
  source: FormData | URLSearchParams,
): Promise<RequestedCause> {
  const { db } = services.database;
  const { id } = snapshot.workspace;
  const asked = wholeNumber(textIn(source, "cause"), "cause");
  const causeId = (await loadRoots(db, id)).get(asked) ?? asked;
  const cause: Cause | undefined = await findCause(db, id, causeId);
  if (cause === undefined)
    throw notFound(`There is no cause ${asked} in this workspace. The list of causes leads to each.`);
  if (cause.set_aside)
    throw conflict("A person said that this is no cause. Take that back on its page before it is fixed.");
  const call = (await loadCalls(db, id)).get(causeId);
  return {
    causeId,
    name: cause.name ?? cause.label,
    calledOn: call?.call === "fix" ? parseDay(call.called_on) : null,
  };
}

export async function newFixView(requested: RequestedSnapshot, search: URLSearchParams): Promise<NewFixView> {
  const cause = await requestCause(requested, search);
  const read = await readNew(requested, cause, search);
  return viewOf(requested, cause, { read, problems: shownProblems(read) });
}

/** Opens a draft; where something can't be read, the page with every problem and all that was typed. */
export async function openNewFix(
  requested: RequestedSnapshot,
  form: FormData,
): Promise<Response | NewFixView> {
  const { services, snapshot, today } = requested;
  const { db } = services.database;
  const { workspace } = snapshot;
  const cause = await requestCause(requested, form);
  const read = await readNew(requested, cause, form);
  const { fields, days, problems } = read;
  if (fields === null || days === null) return viewOf(requested, cause, { read, problems });
  const { causeId, calledOn } = cause;
  const fixId = await openFix(db, workspace.id, {
    ...fields,
    causeId,
    openedOn: formatDay(calledOn ?? today),
    check: checkOf(days),
    actor: stepActor,
  });
  return redirect(fixHref(workspace.name, String(fixId)), 303);
}

async function readNew(
  requested: RequestedSnapshot,
  { calledOn }: RequestedCause,
  source: FormData | URLSearchParams,
): Promise<ReadFixForm> {
  const { today } = requested;
  const series = await choosableSeries(requested);
  return readFixForm(fixFormOf(source, emptyFixForm), { openedOn: calledOn ?? today, today, series });
}

async function viewOf(
  requested: RequestedSnapshot,
  { causeId, name, calledOn }: RequestedCause,
  { read, problems }: { read: ReadFixForm; problems: FixProblem[] },
): Promise<NewFixView> {
  const { snapshot, today } = requested;
  const { workspace } = snapshot;
  const { form, days } = read;
  const query = new URLSearchParams({ cause: String(causeId), ...form });
  const csvHref = fixHref(workspace.name, `new/weeks.csv?${query}`);
  return {
    cause: { causeId, name, href: hrefTo(workspace, `causes/${causeId}`, everything) },
    form,
    series: await choosableSeries(requested),
    problems,
    preview:
      days === null
        ? null
        : await fixPreview(requested, {
            causeId,
            causeName: name,
            openedOn: calledOn ?? today,
            days,
            csvHref,
          }),
    callSentence:
      calledOn === null
        ? "No call to fix this cause holds yet: it is made with the draft, as of today."
        : null,
  };
}
