import type { ContributedCases as ContributedCasesProps } from "#app/server/contributing-causes.ts";
import { CaseList } from "./case-list.tsx";

/** How many cases name a cause as contributing, and the latest of them. They count at their own causes alone. */
export function ContributedCases({ sentence, lines }: ContributedCasesProps) {
  if (sentence === null) return null;
  return (
    <details id="contributed">
      <summary>{sentence}</summary>
      <CaseList lines={lines} />
    </details>
  );
}
