import { sql } from "kysely";
import { nameFields, remedyTypes } from "#analytics/case.ts";
import { parseDay } from "#analytics/period.ts";
import { raiseDataVersion } from "#db/imports/store/case-stack.ts";
import type { Database } from "#db/schema.ts";
import { findOrCreateWorkspace, findWorkspace, type Workspace } from "#db/workspaces.ts";

/** Made-up cases: how many, of what kinds, on which days. */
export const manyCases = {
  firstDay: parseDay("2024-11-01")!,
  days: 730,
  causes: 120,
  /** Values of each field that cases share, as many as a large company has. */
  names: { contact_reason: 15, product: 60, team: 40, channel: 6, region: 8 },
  casesOfCustomer: 3,
};

/**
 * A workspace of so many made-up cases, written by SQL alone: one row of `generate_series` a case, its values from hashes of
 * its number, so that every call makes the same. They fall on two years; causes, products and teams have few large and many
 * small ones; a fifth has no outcome, a tenth no customer, some are open, some have attributes, several remedies or none.
 * A run has given nine tenths of them a cause. Hundreds of thousands a second on a server, tens of thousands embedded.
 */
export async function fillWorkspace(db: Database, name: string, cases: number): Promise<Workspace> {
  const { id } = await findOrCreateWorkspace(db, { name, timeZone: "UTC", simulated: true });
  await insertNames(db, id);
  await insertCases(db, id, cases);
  await insertTexts(db, id, cases);
  await insertCauses(db, id, cases);
  const days = Array.from({ length: manyCases.days + 1 }, (_, day) => manyCases.firstDay + day);
  await db.transaction().execute((trx) => raiseDataVersion(trx, id, { cases: [], days }));
  await sql`analyze cases, case_texts, case_causes, unassigned_cases`.execute(db);
  return (await findWorkspace(db, name))!;
}

/** A number from 0 up to 1 for a case and a purpose. */
const chance = (salt: number) =>
  sql.raw(`((hashint4extended(i, ${salt}) & 2147483647) / 2147483648.0)::float8`);

/** From 1 to n, small numbers more often. */
const skewed = (salt: number, n: number) => sql`(1 + floor(power(${chance(salt)}, 2) * ${sql.lit(n)}))::int`;

/** `null` for a share of the cases. */
const mostly = (salt: number, share: number, value: ReturnType<typeof skewed>) =>
  sql`case when ${chance(salt)} < ${sql.lit(share)} then ${value} end`;

const oneOf = (salt: number, values: readonly string[]) =>
  sql.raw(
    `(array[${values.map((value) => `'${value}'`).join(", ")}])[1 + floor(power(((hashint4extended(i, ${salt}) & 2147483647) / 2147483648.0), 2) * ${values.length})::int]`,
  );

const caseId = (workspaceId: number) => sql.raw(`md5('${workspaceId} ' || i)::uuid`);

async function insertNames(db: Database, workspaceId: number): Promise<void> {
  const names = nameFields.flatMap((field) =>
    Array.from({ length: manyCases.names[field] }, (_, i) => ({
      workspace_id: workspaceId,
      field,
      id: i + 1,
      name: `${field} ${i + 1}`,
    })),
  );
  await db.insertInto("names").values(names).execute();
}

async function insertCases(db: Database, workspaceId: number, cases: number): Promise<void> {
  const { firstDay, days, names, casesOfCustomer } = manyCases;
  const day = sql`(date '1970-01-01' + ${sql.lit(firstDay)} + (i::int8 * ${sql.lit(days)} / ${sql.lit(cases)})::int)`;
  const isOpen = sql`(i > ${sql.lit(cases)} * 0.97 and ${chance(1)} < 0.6)`;
  const minutes = sql`round(exp(${chance(2)} * 8) * 20)`;
  const paid = sql`(not ${isOpen} and ${chance(3)} < 0.3)`;
  await sql`
    insert into cases (workspace_id, case_id, source_system, source_case_id, status, received_at, resolved_at,
      incidence_day, outcome_day, contact_reason_id, product_id, team_id, channel_id, region_id, customer_ref, severity,
      finding, outcome, remedy_types, reopen_count, compensation_minor, compensation_currency, content_hash, import_id)
    select ${workspaceId}, ${caseId(workspaceId)}, 'made up', i::text, case when open then 'open' else 'resolved' end,
      received, case when not open then received + minutes * interval '1 minute' end, day,
      case when not open then (received + minutes * interval '1 minute')::date end,
      ${mostly(11, 0.95, skewed(12, names.contact_reason))}, ${mostly(13, 0.9, skewed(14, names.product))},
      ${mostly(15, 0.98, skewed(16, names.team))}, ${skewed(17, names.channel)}, ${skewed(18, names.region)},
      case when ${chance(19)} < 0.9 then 'C' || ${skewed(20, Math.ceil(cases / casesOfCustomer))} end,
      ${oneOf(21, ["medium", "low", "high", "critical"])},
      case when ${chance(22)} < 0.5 then ${oneOf(23, ["upheld", "not_upheld", "partly_upheld"])} end,
      case when not open and ${chance(24)} < 0.8 then ${oneOf(25, ["restored", "settled", "disputed", "parted"])} end,
      case when ${chance(26)} < 0.2 then null when ${chance(26)} < 0.8 then array[${oneOf(27, remedyTypes)}]
        else array[${oneOf(28, remedyTypes.slice(0, 4))}, ${oneOf(29, remedyTypes.slice(4))}] end,
      case when ${chance(30)} < 0.9 then floor(power(${chance(31)}, 6) * 4)::int end,
      case when paid then floor(${chance(32)} * 10000)::int8 end, case when paid then 'EUR' end, 'made up', 1
    from (select i, ${day} as day, ${day}::timestamptz + ${chance(4)} * interval '23 hours' as received,
      ${isOpen} as open, ${minutes} as minutes, ${paid} as paid from generate_series(1, ${cases}::int) as i) as made`.execute(
    db,
  );
}

async function insertTexts(db: Database, workspaceId: number, cases: number): Promise<void> {
  await sql`
    insert into case_texts (workspace_id, case_id, title, narrative, attributes)
    select ${workspaceId}, ${caseId(workspaceId)}, 'Made-up case ' || i,
      repeat('Nothing happened, it was made up to measure by. ', 1 + ${skewed(40, 12)}),
      case when ${chance(41)} < 0.5 then jsonb_build_object('Company', 'Company ' || ${skewed(42, 90)})
        else '{}'::jsonb end
    from generate_series(1, ${cases}::int) as i`.execute(db);
}

async function insertCauses(db: Database, workspaceId: number, cases: number): Promise<void> {
  const { causes } = manyCases;
  await sql`
    insert into analysis_runs (workspace_id, run_id, method_id, seed, state, case_count, finished_at)
    values (${workspaceId}, 1, 'made up', 1, 'finished', ${cases}, now())`.execute(db);
  await sql`
    insert into causes (workspace_id, cause_id, label, category, category_source, basis, first_run_id)
    select ${workspaceId}, i, 'Cause ' || i, (array['product', 'process', 'staff_training', null])[1 + i % 4],
      case when i % 4 <> 3 then 'person' end, 'text', 1
    from generate_series(1, ${causes}::int) as i`.execute(db);
  await sql`
    insert into case_causes (workspace_id, run_id, case_id, cause_id, basis, similarity, terms)
    select ${workspaceId}, 1, ${caseId(workspaceId)}, ${skewed(50, causes)},
      case when ${chance(51)} < 0.9 then 'text' else 'contact_reason' end, 0.5, '[]'
    from generate_series(1, ${cases}::int) as i where ${chance(52)} < 0.9`.execute(db);
  await sql`
    insert into unassigned_cases (workspace_id, run_id, case_id, because)
    select ${workspaceId}, 1, ${caseId(workspaceId)},
      case when ${chance(53)} < 0.7 then 'few_alike' else 'nothing_known' end
    from generate_series(1, ${cases}::int) as i where ${chance(52)} >= 0.9`.execute(db);
  await sql`
    update workspaces set current_run_id = 1, data_version = data_version + 1 where id = ${workspaceId}`.execute(
    db,
  );
}
