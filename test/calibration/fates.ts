import { plantedFates } from "#test/support/planted-fates.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

/** The fates that were planted in simulated companies, told by the causes that the engine found in their texts. */
export function fates({ seed, effort }: CalibrationOptions): CalibrationTable[] {
  const companies = Math.max(1, Math.round(6 * effort));
  const told = Array.from({ length: companies }, (_, i) => plantedFates(100 * seed + i)).flat();
  const byCause = [...Map.groupBy(told, ({ cause }) => cause)];
  const share = told.filter(({ wanted, found }) => wanted === found).length / told.length;
  return [
    {
      title: "Planted fates, by the causes that the engine found",
      says:
        `${companies} simulated companies of some 8,000 cases: the engine finds causes in the texts, the frozen assigner judges the second fixes out of sample, and movements, bursts and ` +
        `recommendations read the causes of the run. Wanted: what was planted; ${(100 * share).toFixed(1)} % of ${told.length} fates are told so.`,
      columns: ["cause", "planted", "told", "else"],
      rows: byCause.map(([cause, ofCause]) => {
        const others = ofCause.filter(({ wanted, found }) => found !== wanted).map(({ found }) => found);
        return [
          cause,
          ofCause[0]?.wanted ?? "",
          `${ofCause.length - others.length} of ${ofCause.length}`,
          others.join("; "),
        ];
      }),
    },
  ];
}
