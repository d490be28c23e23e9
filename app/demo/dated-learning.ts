import type { CaseRecord } from "#analytics/case.ts";
import type { PlantedTruth } from "./planted-truth.ts";

type Undated<Said> = Omit<Said, "writtenWeeksBeforeEnd" | "inForceWeeksBeforeEnd">;

/** A version of a playbook, on its days (local, `YYYY-MM-DD`). */
export type PlantedPlaybook = Undated<PlantedTruth["playbooks"][number]> & {
  writtenOn: string;
  inForceFrom: string;
};

/** Who did something to a retrospective, and on which local day. */
export type DoneOn = { on: string; by: string };

type Learned = PlantedTruth["retrospectives"][number];
export type PlantedRetrospective = Omit<Learned, "of" | "written" | "reviewed" | "published"> & {
  /** The case that it is of; `null`: it is of the cause. */
  sourceCaseId: string | null;
  written: DoneOn;
  reviewed: DoneOn | null;
  published: DoneOn | null;
};

/** Cases that a retrospective may be of came in so many weeks before it was written, at most. */
const recentWeeks = 16;

/** The playbooks and the retrospectives of the company on their days. `weeksBeforeEnd` gives a local day. */
export function datedLearning(
  { playbooks, retrospectives }: PlantedTruth,
  { cases, causeOf }: { cases: readonly CaseRecord[]; causeOf: ReadonlyMap<string, string> },
  weeksBeforeEnd: (weeks: number) => string,
): { playbooks: PlantedPlaybook[]; retrospectives: PlantedRetrospective[] } {
  return {
    playbooks: playbooks.map(({ writtenWeeksBeforeEnd, inForceWeeksBeforeEnd, ...said }) => ({
      ...said,
      writtenOn: weeksBeforeEnd(writtenWeeksBeforeEnd),
      inForceFrom: weeksBeforeEnd(inForceWeeksBeforeEnd),
    })),
    retrospectives: retrospectives.map(({ of, written, reviewed, published, ...said }) => {
      const dated = (done: Learned["written"] | undefined): DoneOn | null =>
        done === undefined ? null : { on: weeksBeforeEnd(done.weeksBeforeEnd), by: done.by };
      const ofCause = cases.filter((record) => causeOf.get(record.source_case_id) === said.causeKey);
      const from = weeksBeforeEnd(written.weeksBeforeEnd + recentWeeks);
      const until = weeksBeforeEnd(written.weeksBeforeEnd);
      return {
        ...said,
        sourceCaseId: of === "cause" ? null : mostPassedOn(ofCause, from, until),
        written: { on: until, by: written.by },
        reviewed: dated(reviewed),
        published: dated(published),
      };
    }),
  };
}

/** Of the cases that came in and were closed between two local days, the first of those that were passed on most often. */
function mostPassedOn(cases: readonly CaseRecord[], from: string, until: string): string {
  const passedOn = cases
    .filter(({ received_at: received }) => received !== null && received >= from)
    .filter(({ closed_at: closed }) => closed !== null && closed < until)
    .toSorted((a, b) => (b.transfer_count ?? 0) - (a.transfer_count ?? 0));
  const [first] = passedOn;
  if (first === undefined)
    throw new RangeError(`Got no case from ${from} to ${until}, expected at least one.`);
  return first.source_case_id;
}
