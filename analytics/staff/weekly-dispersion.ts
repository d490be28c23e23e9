const fewestWeeks = 8;
/**
 * With none, 5.5 % of fair teams of three lost an agent to a talk where cases come in bursts; with one, a fifth fewer of those
 * at twice the rate were found among Poisson teams (simulated, seeds that docs/calibration.md does not use).
 */
const errorsAdded = 0.5;

/**
 * By how much the variance of an agent's count exceeds Poisson's, >= 1, because cases come in bursts: one event brings several.
 * The weeks tell, a sum of them cannot: pairs of cases of one agent in the same or in neighbouring weeks, beyond those that
 * even weeks would bring. How much agents differ from each other has no part in it. Half a standard error is added, so
 * that nobody is called to a talk for what is unknown. Bursts that last for more than two weeks are seen in part.
 * `null`: under 8 weeks, or no agent has two cases.
 * Source: factorial moments of negative binomial counts (Cox & Lewis 1966, chapter 4: dispersion from counts in cells). Cost: one pass.
 * @param agents cases of each agent by week, as many weeks as `volume`
 * @param volume what the unit handled in these weeks, >= 0
 */
export function weeklyDispersion(
  agents: readonly (readonly number[])[],
  volume: readonly number[],
): number | null {
  const wrong = agents.find((weeks) => weeks.length !== volume.length);
  if (wrong !== undefined)
    throw new RangeError(
      `weeklyDispersion: expected ${volume.length} weeks of each agent, got ${wrong.length}`,
    );
  const telling = agents.filter((weeks) => sumOf(weeks) > 1);
  const near = productsOfNeighbours(volume) / sumOf(volume) ** 2;
  if (volume.length < fewestWeeks || telling.length === 0 || !(near < 1)) return null;
  let [excess, room] = [0, 0];
  for (const weeks of telling) {
    const cases = sumOf(weeks);
    excess += productsOfNeighbours(weeks) - cases - cases * (cases - 1) * near;
    room += cases * (1 - near);
  }
  return Math.max(1, (1 + excess / room) * (1 + errorsAdded * standardError(telling.length, volume.length)));
}

/** Each week with itself and with both its neighbours: of counts, twice the pairs that lie near each other, and each case with itself. */
function productsOfNeighbours(weeks: readonly number[]): number {
  return weeks.reduce((sum, count, i) => sum + count * (count + 2 * (weeks[i + 1] ?? 0)), 0);
}

/** Of the estimate, in parts of it, from so many agents: a chi-square's, times the three weeks that each week is compared with. */
function standardError(agents: number, weeks: number): number {
  return Math.sqrt(6 / (agents * weeks));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
