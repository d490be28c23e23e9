import { Temporal } from "temporal-polyfill";

const slotMilliseconds = 900_000;
const slotsPerDay = 96;

/**
 * Times of one time zone. Looking a zone up is slow and cases share hours, so the offset of each quarter of an hour is
 * kept: clocks are changed at none shorter. An hour that comes twice, in autumn, is its first; one that is left out, in
 * spring, is moved forward (Temporal, "compatible").
 */
export class ZonedTimes {
  readonly #timeZone: string;
  /** Milliseconds east of UTC by local day and quarter of an hour; NaN: not looked up yet. */
  readonly #offsets = new Map<string, Float64Array>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /**
   * The UTC instant of a local time, as a record holds it.
   * @param day `YYYY-MM-DD`
   * @param time milliseconds since its midnight
   */
  instantOf(day: string, time: number): string {
    const offset = this.#timeZone === "UTC" ? 0 : this.#offsetOf(day, time);
    return new Date(Date.parse(`${day}T00:00:00Z`) + time - offset).toISOString();
  }

  #offsetOf(day: string, time: number): number {
    let offsets = this.#offsets.get(day);
    if (offsets === undefined) {
      offsets = new Float64Array(slotsPerDay).fill(Number.NaN);
      this.#offsets.set(day, offsets);
    }
    const slot = Math.floor(time / slotMilliseconds);
    const known = offsets[slot] ?? Number.NaN;
    if (!Number.isNaN(known)) return known;
    const local = Date.parse(`${day}T00:00:00Z`) + slot * slotMilliseconds;
    const text = new Date(local).toISOString().slice(0, 19);
    const offset =
      local - Temporal.PlainDateTime.from(text).toZonedDateTime(this.#timeZone).epochMilliseconds;
    offsets[slot] = offset;
    return offset;
  }
}
