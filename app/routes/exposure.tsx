import { data, redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { ExposureProblems, type ExposureProblemsProps } from "#app/components/exposure-problems.tsx";
import { ExposureSeriesSection, LoadForm } from "#app/components/exposure-series.tsx";
import { words } from "#app/format.ts";
import { readExposureFile, refuseLargeBody } from "#app/server/exposure-form.ts";
import { exposureViews } from "#app/server/exposure-view.ts";
import { badRequest, conflict, notFound } from "#app/server/http-errors.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import { type RequestedSnapshot, requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import {
  createExposureSeries,
  findExposureSeries,
  loadExposureDays,
  removeExposureSeries,
} from "#db/queries/exposure.ts";
import type { Route } from "./+types/exposure.ts";

const actor = "local user";
const mostCharacters = { name: 80, unit: 40, number: 12 };

export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  return {
    importsHref: `/w/${encodeURIComponent(snapshot.workspace.name)}/imports`,
    adjusts: snapshot.exposure?.name ?? null,
    series: await exposureViews(services.database.db, snapshot),
  };
}

/** What a form that could not be done shows again. */
interface Refused extends ExposureProblemsProps {
  fields: { name: string; unit: string };
}

/** Makes a series of a file, loads a file into one, or removes one: all of it or nothing. */
export async function action(args: Route.ActionArgs) {
  refuseLargeBody(args.request);
  const requested = await requestSnapshot(args);
  const form = await readForm(args.request);
  const kind = textField(form, "kind", mostCharacters.number);
  const refused = kind === "remove" ? await remove(requested, form) : await load(requested, { kind, form });
  if (refused !== null) return data(refused, 422);
  requested.services.forgetSnapshot(requested.snapshot.workspace.name);
  return redirect(new URL(args.request.url).pathname, 303);
}

async function load(
  { services, snapshot, today }: RequestedSnapshot,
  { kind, form }: { kind: string | null; form: FormData },
): Promise<Refused | null> {
  if (kind !== "create" && kind !== "load")
    throw badRequest(`The form "${kind ?? ""}" is not known. Expected create, load or remove.`);
  const { db } = services.database;
  const { id } = snapshot.workspace;
  const seriesId = kind === "load" ? seriesIdOf(form) : null;
  const series = seriesId === null ? null : await findExposureSeries(db, id, seriesId);
  if (series === undefined) throw gone();
  const fields = {
    name: textField(form, "name", mostCharacters.name) ?? "",
    unit: textField(form, "unit", mostCharacters.unit) ?? "",
  };
  const refuse = (sentence: string): Refused => ({ fields, sentence, problems: [], unlisted: 0 });
  const read = await readExposureFile(form, today);
  if ("problems" in read)
    return { ...refuse("Nothing was loaded, since the file can’t be read whole."), ...read };
  const { days, scope } = read;
  if (series !== null) {
    if (scope !== series.scope)
      return refuse(
        `Nothing was loaded: “${series.name}” is ${scopeText(series.scope)}, and the file is ${scopeText(scope)}.`,
      );
    if ((await loadExposureDays(db, id, { seriesId: series.series_id, actor, days })) === null) throw gone();
    return null;
  }
  const { name, unit } = fields;
  if (name === "" || unit === "")
    return refuse("Nothing was loaded: a series needs a name, and a word for what it counts.");
  if ((await createExposureSeries(db, id, { name, unit, scope, actor, days })) === null)
    return refuse(
      `Nothing was loaded: there is a series named “${name}” already. Choose another name, or load the days into that one.`,
    );
  return null;
}

async function remove({ services, snapshot }: RequestedSnapshot, form: FormData): Promise<null> {
  const seriesId = seriesIdOf(form);
  const result = await removeExposureSeries(services.database.db, snapshot.workspace.id, { seriesId, actor });
  if (result === "gone") throw gone();
  if (result === "used")
    throw conflict(
      "The check of a second fix is judged by this series: without it the verdict could not be had again. It stays.",
    );
  return null;
}

function seriesIdOf(form: FormData): number {
  return wholeNumber(textField(form, "series", mostCharacters.number) ?? "", "series");
}

function gone(): Response {
  return notFound("There is no such series any more. Open the page again.");
}

function scopeText(scope: "all" | "product" | "team"): string {
  return scope === "all" ? "of all together" : `by ${words(scope)}`;
}

export default function ExposurePage({ loaderData, actionData }: Route.ComponentProps) {
  const { importsHref, series, adjusts } = loaderData;
  return (
    <>
      <title>Exposure – Fix It Twice</title>
      <Breadcrumb parents={[{ label: "Imports", href: importsHref }]} />
      <h1>Exposure</h1>
      <p className="lead">
        How much there was of what cases come from: orders, contacts or customers a day. More orders bring
        more cases though nothing got worse; with a series, trends have rates beside their counts.
      </p>
      {actionData !== undefined && <ExposureProblems {...actionData} />}
      <p>
        {adjusts === null
          ? "No series is of all cases yet: trends are counts, not adjusted for volume."
          : `Trends take their rates of “${adjusts}”: the first series of all together, else that of the only product.`}
      </p>
      {series.map((one) => (
        <ExposureSeriesSection key={one.seriesId} series={one} />
      ))}
      <LoadForm fields={actionData?.fields ?? { name: "", unit: "" }} isFirst={series.length === 0} />
    </>
  );
}
