import * as fc from "fast-check";
import { timeFields } from "#analytics/case.ts";
import { caseFields } from "#db/imports/map/case-fields.ts";
import type { FieldRule, Mapping } from "#db/imports/map/mapping.ts";

/** Mappings of any kind over columns of any name. */
export const anyMapping: fc.Arbitrary<{ mapping: Mapping; columns: string[] }> = fc
  .uniqueArray(
    fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !name.startsWith("_")),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .chain((columns) => {
    const column = fc.constantFrom(...columns);
    const word = fc.tuple(fc.string(), fc.option(fc.constantFrom("open", "resolved")));
    const interpretation = fc.oneof(
      fc.record({ as: fc.constant("text" as const) }),
      fc.record({
        as: fc.constant("time" as const),
        order: fc.constantFrom("ymd" as const, "dmy" as const, "mdy" as const, "excel_serial" as const),
        midnight: fc.constantFrom("instant" as const, "day" as const),
        timeZone: fc.constantFrom(null, "Europe/Berlin"),
      }),
      fc.record({
        as: fc.constant("after" as const),
        since: fc.constantFrom(...timeFields),
        unit: fc.constantFrom("minutes" as const, "days" as const),
      }),
      fc
        .record({
          as: fc.constant("number" as const),
          times: fc.double({ noNaN: true, noDefaultInfinity: true }),
          plus: fc.integer(),
        })
        .filter(({ times }) => !Object.is(times, -0)), // JSON has no -0
      fc.record({
        as: fc.constant("presence" as const),
        given: fc.constant("resolved"),
        empty: fc.constant("open"),
      }),
      fc.record(
        {
          as: fc.constant("words" as const),
          values: fc.array(word, { maxLength: 4 }),
          otherwise: fc.oneof(
            fc.constantFrom("reject" as const, "same" as const),
            fc.record({ value: fc.constantFrom(null, "open") }),
          ),
          separator: fc.constantFrom(";", ", "),
        },
        { requiredKeys: ["as", "values", "otherwise"] },
      ),
    );
    const fromColumn = fc
      .tuple(fc.constantFrom(...caseFields), column, interpretation, fc.boolean())
      .map(
        ([field, name, read, kept]): FieldRule => ({ field, column: name, ...(kept && { kept }), ...read }),
      );
    const fixed = fc.oneof(
      fc.record({
        field: fc.constantFrom(...caseFields),
        as: fc.constant("constant" as const),
        value: fc.constantFrom("shop", "2026-03-29"),
      }),
      fc.constant<FieldRule>({ field: "source_case_id", as: "content" }),
    );
    return fc
      .record({
        rules: fc.array(fc.oneof({ weight: 4, arbitrary: fromColumn }, fixed), { maxLength: 10 }),
        dropped: fc.uniqueArray(column),
        nulls: fc.uniqueArray(fc.string()),
        events: fc.option(
          fc.record({
            key: column,
            time: fc.option(column),
            assignee: fc.option(column),
            status: fc.option(column),
            resolvedWords: fc.array(fc.string()),
            author: fc.option(column),
            customerWords: fc.array(fc.string()),
          }),
        ),
        dialect: fc.constantFrom("plain" as const, "fixtwice" as const),
        preset: fc.string(),
      })
      .map((mapping) => {
        const read = new Set(mapping.rules.flatMap((rule) => ("column" in rule ? [rule.column] : [])));
        return {
          columns,
          mapping: { ...mapping, dropped: mapping.dropped.filter((name) => !read.has(name)) },
        };
      });
  });
