/** Before this share is done, the time that it took says too little of the rest. */
const leastShare = 0.1;

/**
 * How long a work goes on that tells its share only now and then, from the time that the share took: whoever waits is
 * told nothing rather than a guess that has run out.
 */
export class TimeLeft {
  #started: number | null = null;
  #told = { at: 0, share: 0 };

  /** @param at milliseconds of a clock that only goes forward; a share that falls begins another work */
  report(at: number, share: number): void {
    if (this.#started === null || share < this.#told.share) this.#started = at;
    if (share !== this.#told.share || this.#started === at) this.#told = { at, share };
  }

  /** `null` until it can be known, and again where the work takes longer than was to be expected. */
  secondsAt(now: number): number | null {
    const { at, share } = this.#told;
    if (this.#started === null || share < leastShare) return null;
    const whole = (at - this.#started) / share;
    const left = whole - (now - this.#started);
    return left > 0 ? left / 1000 : null;
  }
}
