import type { Random } from "../causes/random.ts";
import { betaTails } from "./beta.ts";

/** Days on which something happened, among all on which it might have: what is scanned. */
export interface Scanned {
  /** How many of `population` are events, by day: index 0 is the first day. */
  events: Uint32Array;
  /** All, by day; as long, and nowhere fewer. */
  population: Uint32Array;
  /** Windows begin on this day or later, and end with the last. */
  from: number;
  /** Days of a window, >= 1. */
  width: number;
  /** A window with fewer events is not looked at, >= 1. */
  fewest: number;
  /**
   * Variance over mean of events that vary together in stretches as long as a window, wherever these lie, >= 1; 1: they
   * vary by chance alone.
   */
  dispersion: number;
}

/** The window that stands out most. */
export interface ScanResult {
  /** Its first day, an index. */
  start: number;
  events: number;
  /** Events that it would have, if they were to the others of its days as on all other days. */
  expected: number;
  /** Probability that any window stands out as much, if the share never changed. */
  p: number;
}

const mostRounds = 9_999;
const mostDraws = 100_000_000;
/** After so many rounds that stand out as much, p is known well enough: it is no small one. */
const enoughHits = 20;

/**
 * Whether events crowd in some window of time beyond what all of them together crowd there: the scan statistic of
 * windows of one width, by the likelihood ratio of "the share is higher within" against "it is the same". The p value
 * is by simulation: as many of the population are drawn as there are events, and looked at through the same windows; so
 * it holds whatever the population does (weekends, seasons, growth), and for all windows together. Where events vary
 * beyond chance, they are drawn in company (`drawing`). Drawing ends early where p is not small; where the sum over
 * windows of binomial tails, which p cannot exceed without dispersion, is below what drawing can show, it is that sum.
 * `null`: no window has the fewest events and a higher share than the other days.
 * Source: Kulldorff 1997 (Bernoulli model); Besag & Clifford 1991 (sequential Monte Carlo p values).
 * Cost: some 150 rounds of one draw an event; at most 9,999, and at most 100 million draws.
 */
export function scanStatistic(scanned: Scanned, random: Random): ScanResult | null {
  refuseUnfit(scanned);
  const windows = windowsOf(scanned);
  const whole: Stretch = { events: sum(scanned.events), population: sum(scanned.population) };
  let best: Window | null = null;
  let most = 0;
  for (const window of windows) {
    const ratio = window.events < scanned.fewest ? 0 : logLikelihoodRatio(window, whole);
    if (ratio > most) [best, most] = [window, ratio];
  }
  if (best === null) return null;
  const needed = windows.map((window) => fewestThatStandOut(window, whole, scanned.fewest, most));
  const [within, all] = [othersOf(best), othersOf(whole)];
  const rounds = Math.min(mostRounds, Math.floor(mostDraws / whole.events));
  const bound = scanned.dispersion === 1 ? sumOfTails(windows, whole, needed) : 1;
  return {
    start: best.start,
    events: best.events,
    expected: ((whole.events - best.events) / (all - within)) * within,
    p: bound * (rounds + 1) <= 1 ? bound : simulated(scanned, needed, rounds, random),
  };
}

interface Stretch {
  events: number;
  population: number;
}

/** What of the population is no event. */
function othersOf({ events, population }: Stretch): number {
  return population - events;
}

interface Window extends Stretch {
  start: number;
}

function refuseUnfit({ events, population, from, width, fewest, dispersion }: Scanned): void {
  if (!(dispersion >= 1))
    throw new RangeError(`scanStatistic: expected a dispersion >= 1, got ${dispersion}`);
  if (!(from >= 0 && width >= 1 && from + width <= events.length && fewest >= 1))
    throw new RangeError(
      `scanStatistic: expected a window of 1 or more days within ${events.length}, got ${width} from ${from} on, and fewest ${fewest}`,
    );
  if (events.length !== population.length || events.some((count, day) => count > population[day]!))
    throw new RangeError("scanStatistic: expected events to be part of the population, day by day");
}

function windowsOf({ events, population, from, width }: Scanned): Window[] {
  return Array.from({ length: events.length - width - from + 1 }, (_, i) => ({
    start: from + i,
    events: sum(events.subarray(from + i, from + i + width)),
    population: sum(population.subarray(from + i, from + i + width)),
  }));
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** 0 where the share within is not the higher one. */
function logLikelihoodRatio(within: Stretch, whole: Stretch): number {
  const without = { events: whole.events - within.events, population: whole.population - within.population };
  if (within.events * without.population <= without.events * within.population) return 0;
  return logLikelihood(within) + logLikelihood(without) - logLikelihood(whole);
}

/** The likelihood of a stretch at its own share. */
function logLikelihood({ events, population }: Stretch): number {
  const others = population - events;
  return (
    (events === 0 ? 0 : events * Math.log(events / population)) +
    (others === 0 ? 0 : others * Math.log(others / population))
  );
}

/** How many events a window needs for a ratio as high; Infinity, where all are not enough. The ratio rises with them. */
function fewestThatStandOut(window: Window, whole: Stretch, fewest: number, ratio: number): number {
  const standsOut = (events: number) =>
    logLikelihoodRatio({ events, population: window.population }, whole) >= ratio * (1 - 1e-12);
  const most = Math.min(window.population, whole.events);
  if (most < fewest || !standsOut(most)) return Infinity;
  let [low, high] = [fewest - 1, most];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (standsOut(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Bonferroni's bound of p. The tails of drawing without replacement are no longer than the binomial ones. */
function sumOfTails(windows: readonly Window[], whole: Stretch, needed: readonly number[]): number {
  return windows.reduce((total, { population }, i) => {
    const count = needed[i]!;
    if (count === Infinity) return total;
    const share = population / whole.population;
    return total + betaTails(share, count, whole.events - count + 1).lower;
  }, 0);
}

function simulated(scanned: Scanned, needed: readonly number[], rounds: number, random: Random): number {
  const { width } = scanned;
  const draw = drawing(scanned, random);
  let hits = 0;
  for (let round = 1; round <= rounds; round++) {
    const counts = draw(round);
    let within = 0;
    for (let day = 0; day < counts.length; day++) {
      within += counts[day]! - (day < width ? 0 : counts[day - width]!);
      if (day < width - 1 || within < needed[day - width + 1]!) continue;
      hits++;
      break;
    }
    if (hits === enoughHits) return hits / round;
  }
  return (hits + 1) / (rounds + 1);
}

/**
 * Draws as many of the population as there are events, none twice, and counts them by day, from day `from` on. With
 * dispersion an event may bring the next one in its stretch (stretches as long as a window, laid anew each round): the
 * urn of Eggenberger & Pólya 1923, whose counts by stretch are negative binomial ones, given their sum.
 * Memory: 8 bytes for each of the population (its day, the last round that drew it), 4 an event.
 */
function drawing(scanned: Scanned, random: Random): (round: number) => Uint32Array {
  const { events, population, from, width, dispersion } = scanned;
  const firsts = firstsOf(population);
  const [all, wanted] = [firsts.at(-1)!, sum(events)];
  const dayOf = new Uint32Array(all);
  population.forEach((_, day) => dayOf.fill(day, firsts[day], firsts[day + 1]));
  const drawnIn = new Uint32Array(all);
  const chosen = new Uint32Array(wanted);
  const counts = new Uint32Array(population.length - from);
  const apart = wanted / (dispersion - 1); // Infinity without dispersion: none brings another
  return (round) => {
    counts.fill(0);
    const offset = dispersion === 1 ? 0 : Math.floor(random() * width);
    const inCompany = (drawn: number) => {
      const day = dayOf[chosen[Math.floor(random() * drawn)]!]!;
      const start = day - ((day + offset) % width);
      const first = firsts[Math.max(0, start)]!;
      return first + Math.floor(random() * (firsts[Math.min(population.length, start + width)]! - first));
    };
    for (let drawn = 0; drawn < wanted; ) {
      const joins = dispersion > 1 && random() * (apart + drawn) < drawn;
      const one = joins ? inCompany(drawn) : Math.floor(random() * all);
      if (drawnIn[one] === round) continue;
      drawnIn[one] = round;
      chosen[drawn++] = one;
      if (dayOf[one]! >= from) counts[dayOf[one]! - from]!++;
    }
    return counts;
  };
}

/** The index of the first of each day, where all are counted through; and after the last day, how many they are. */
function firstsOf(population: Uint32Array): Uint32Array {
  const firsts = new Uint32Array(population.length + 1);
  population.forEach((count, day) => (firsts[day + 1] = firsts[day]! + count));
  return firsts;
}
