import { formatDay } from "#analytics/period.ts";
import { checkOf } from "#app/fixes/check-days.ts";
import { readFixForm, readSaidAlone } from "#app/fixes/fix-form.ts";
import { checkedAsIf, dayOf, expectedOf, formOf } from "#app/fixes/fix-of-database.ts";
import { checkNames, type FixProblem, fixFormOf, textIn } from "#app/fixes/form-fields.ts";
import { readPutInPlace } from "#app/fixes/put-in-place.ts";
import { verdictsOfPeople } from "#app/fixes/verdicts-of-people.ts";
import { exposureOfCheck } from "#db/queries/effectiveness-checks.ts";
import { overrideVerdict, withdrawOverride } from "#db/queries/fix-verdicts.ts";
import {
  changeFix,
  type FixChange,
  type FixStep,
  findSecondFix,
  moveFix,
  type SecondFix,
} from "#db/queries/second-fixes.ts";
import { choosableSeries, shownFix } from "./fix-preview.ts";
import { noSuchFix } from "./fix-view.ts";
import { badRequest, conflict } from "./http-errors.ts";
import type { RequestedSnapshot } from "./request-view.ts";

/** Why a step was not taken: nothing that was typed is lost. */
export interface StepRefused {
  step: string;
  /** About a field of the form of the fix, or about the step itself. */
  problems: (Pick<FixProblem, "sentence"> & { field: string })[];
  /** By name of the field. */
  typed: Record<string, string>;
}

export const stepActor = "local user";
const mostCharactersOfReason = 500;

/** Takes the step that a form of a fix asks for. `null`: it is taken. */
export async function takeStep(
  requested: RequestedSnapshot,
  fixId: number,
  form: FormData,
): Promise<StepRefused | null> {
  const { services, snapshot } = requested;
  const fix = await findSecondFix(services.database.db, snapshot.workspace.id, fixId);
  if (fix === undefined) throw noSuchFix(fixId);
  const step = textIn(form, "step");
  const take = Object.hasOwn(steps, step) ? steps[step] : undefined;
  if (take === undefined)
    throw badRequest(`The step "${step}" is not known. Expected one of ${Object.keys(steps).join(", ")}.`);
  const problems = await take({ requested, fix, form });
  if (problems.length === 0) return null;
  return { step, problems, typed: textsOf(form) };
}

interface Asked {
  requested: RequestedSnapshot;
  fix: SecondFix;
  form: FormData;
}

type TakeStep = (asked: Asked) => Promise<StepRefused["problems"]>;

const steps: Readonly<Record<string, TakeStep>> = {
  change,
  planned: plan,
  implemented: putInPlace,
  dropped: drop,
  override,
  withdraw,
};

async function change({ requested, fix, form }: Asked): Promise<StepRefused["problems"]> {
  const isOpen = fix.state === "draft" || fix.state === "planned";
  if (!isOpen && checkNames.some((name) => form.has(name)))
    throw conflict(
      "The check can't be changed any more: it is immutable from the day on which the fix is in place.",
    );
  const typed = fixFormOf(form, formOf(fix));
  if (!isOpen) {
    const { fields, problems } = readSaidAlone(typed);
    if (fields !== null) settle(await changeFix(dbOf(requested), keyOf(requested, fix), { fields }));
    return problems;
  }
  const read = readFixForm(typed, {
    openedOn: dayOf(fix.opened_on),
    today: requested.today,
    series: await choosableSeries(requested),
  });
  const { fields, days, problems } = read;
  if (fields !== null && days !== null)
    settle(await changeFix(dbOf(requested), keyOf(requested, fix), { fields, check: checkOf(days) }));
  return problems;
}

async function plan({ requested, fix }: Asked): Promise<StepRefused["problems"]> {
  const missing = [
    ...(fix.owner === null ? ["an owner"] : []),
    ...(fix.due_on === null ? ["a day by which it is due"] : []),
  ];
  if (missing.length > 0)
    return said(
      "step",
      `A planned fix has an owner and a day by which it is due; this one has not ${missing.join(" and not ")}. Write it into the form below, save it, and plan it then.`,
    );
  await move(requested, fix, { to: "planned" });
  return [];
}

async function putInPlace({ requested, fix, form }: Asked): Promise<StepRefused["problems"]> {
  const { today } = requested;
  const { days, problem } = readPutInPlace(
    { from: textIn(form, "from"), till: textIn(form, "till") },
    {
      openedOn: dayOf(fix.opened_on),
      washInDays: fix.wash_in_days,
      checkOn: dayOf(fix.check_on),
      windowEnd: dayOf(fix.window_end),
      today,
    },
  );
  if (days === null) return said("from", problem);
  const [first, last] = [formatDay(days.from), formatDay(days.till)];
  const inPlace = { ...fix, implemented_on: first, implemented_to: last };
  const { causeId, targetCut, ...dates } = checkedAsIf(inPlace, expectedOf(fix, today));
  const shown = await shownFix(requested, {
    causeId,
    targetCut,
    dates,
    exposure: exposureOfCheck(fix),
    isInPlace: true,
  });
  const baseline = shown?.baseline ?? null;
  await move(requested, fix, {
    to: "implemented",
    from: first,
    till: last,
    baseline: baseline && { from: formatDay(baseline.start), to: formatDay(baseline.end) },
  });
  await requested.services.analysis.request(requested.snapshot.workspace.name);
  return [];
}

async function drop({ requested, fix, form }: Asked): Promise<StepRefused["problems"]> {
  const reason = reasonIn(form);
  if (typeof reason !== "string") return reason;
  await move(requested, fix, { to: "dropped", reason });
  return [];
}

async function override({ requested, fix, form }: Asked): Promise<StepRefused["problems"]> {
  const typed = textIn(form, "verdict");
  const verdict = verdictsOfPeople.find((known) => known === typed);
  if (verdict === undefined)
    return said("verdict", `The verdict is “${typed}”. Expected one of ${verdictsOfPeople.join(", ")}.`);
  const reason = reasonIn(form);
  if (typeof reason !== "string") return reason;
  const on = formatDay(requested.today);
  const { workspaceId, fixId, actor } = keyOf(requested, fix);
  const isKept = await overrideVerdict(
    dbOf(requested),
    { workspaceId, fixId },
    { verdict, reason, actor, on },
  );
  if (!isKept) throw conflict("A verdict can be given of a fix that is in place. This one is not.");
  return [];
}

async function withdraw({ requested, fix }: Asked): Promise<StepRefused["problems"]> {
  if (!(await withdrawOverride(dbOf(requested), keyOf(requested, fix))))
    throw conflict("No word of a person stands on this fix, so there is none to take back.");
  await requested.services.analysis.request(requested.snapshot.workspace.name);
  return [];
}

async function move(requested: RequestedSnapshot, fix: SecondFix, step: FixStep): Promise<void> {
  settle(await moveFix(dbOf(requested), keyOf(requested, fix), step));
}

function settle(answer: FixChange): void {
  if (answer === "too_late")
    throw conflict(
      "Somebody has moved this fix on in the meantime, or it is in place or dropped. Open its page again.",
    );
}

function dbOf({ services }: RequestedSnapshot) {
  return services.database.db;
}

function keyOf({ snapshot }: RequestedSnapshot, { fix_id: fixId }: SecondFix) {
  return { workspaceId: snapshot.workspace.id, fixId, actor: stepActor };
}

function reasonIn(form: FormData): string | StepRefused["problems"] {
  const reason = textIn(form, "reason");
  if (reason === "") return said("reason", "The reason is empty. Expected a sentence: it is kept and shown.");
  if (reason.length > mostCharactersOfReason)
    return said(
      "reason",
      `The reason has ${reason.length} characters. Expected at most ${mostCharactersOfReason}.`,
    );
  return reason;
}

function said(field: string, sentence: string): StepRefused["problems"] {
  return [{ field, sentence }];
}

function textsOf(form: FormData): Record<string, string> {
  return Object.fromEntries([...form.keys()].map((name) => [name, textIn(form, name)]));
}
