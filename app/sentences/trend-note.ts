import type { View } from "#app/tables/view.ts";

/** What must be known before a trend is read; nothing where every month of it may be compared with every other. */
export function trendNote(view: View, incompleteFrom: string | undefined): string | undefined {
  if (view.volumeIsArtefact)
    return "How many cases a month holds depends on how this extract was cut: no rise or fall can be read from it.";
  if (incompleteFrom === undefined) return undefined;
  return "A month that the data do not cover whole is hatched: it can't be compared with the others.";
}
