/** How fast a work goes, from its latest stretch: a load slows down as tables grow, so its beginning tells little. */
export class Rate {
  /** Milliseconds, share and rows at earlier reports, oldest first. */
  readonly #marks: { at: number; share: number; rows: number }[] = [];

  /** @param at milliseconds of a clock that only goes forward */
  at(at: number, share: number, rows: number): { rowsPerSecond: number | null; secondsLeft: number | null } {
    this.#marks.push({ at, share, rows });
    while (this.#marks.length > 2 && at - (this.#marks[1]?.at ?? at) > stretchMilliseconds)
      this.#marks.shift();
    const from = this.#marks[0];
    const seconds = from === undefined ? 0 : (at - from.at) / 1000;
    if (from === undefined || seconds < shortestStretchSeconds)
      return { rowsPerSecond: null, secondsLeft: null };
    const sharePerSecond = (share - from.share) / seconds;
    return {
      rowsPerSecond: rows === 0 ? null : (rows - from.rows) / seconds,
      secondsLeft: sharePerSecond <= 0 ? null : (1 - share) / sharePerSecond,
    };
  }
}

const stretchMilliseconds = 10_000;
const shortestStretchSeconds = 0.5;
