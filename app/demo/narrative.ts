import type { RemedyType } from "#analytics/case.ts";
import { type CausePhrases, choose, fill, type Slots } from "./grammar.ts";
import {
  advisers,
  asides,
  closings,
  type Mood,
  moods,
  openings,
  productWords,
  spans,
  vagueTitles,
} from "./phrases/frame.ts";
import { oneOffPhrases } from "./phrases/one-off.ts";
import { processPhrases } from "./phrases/process.ts";
import { productPhrases } from "./phrases/product.ts";
import { rarePhrases } from "./phrases/rare.ts";
import { resolutionEndings, resolutionPhrases } from "./phrases/resolution.ts";
import { staffTrainingPhrases } from "./phrases/staff-training.ts";
import type { Random } from "./random.ts";

const causePhrases: Record<string, CausePhrases> = {
  ...productPhrases,
  ...processPhrases,
  ...staffTrainingPhrases,
  ...rarePhrases,
};

const minWords = 15;
const maxWords = 90;
const templateShare = 0.06;

/** Slots for a case about `product`; `day` lies shortly before it, `soon` shortly after it. */
export function drawSlots(random: Random, product: string, days: Pick<Slots, "day" | "soon">): Slots {
  const euros = random.logNormal(48, 0.6).toFixed(random.chance(0.6) ? 2 : 0);
  return {
    product: random.choice(productWords[product] ?? ["order"]),
    ...days,
    amount: random.choice([`€${euros}`, `${euros} euros`, `EUR ${euros}`]),
    order: `${random.integer(1000, 9999)}-${random.integer(100, 999)}`,
    span: random.choice(spans),
    adviser: random.choice(advisers),
    thing: choose(random, random.choice(oneOffPhrases.things)),
  };
}

/** The title of a case: what its writer put above it, now and then nothing of use. */
export function writeTitle(random: Random, causeKey: string, slots: Slots): string {
  const titles = random.chance(0.12) ? vagueTitles : (causePhrases[causeKey] ?? oneOffPhrases).titles;
  return capitalise(fill(random, random.choice<string>(titles), slots));
}

/** The customer's own words, 15 to 90 of them. */
export function writeNarrative(random: Random, causeKey: string, slots: Slots): string {
  const phrases = causePhrases[causeKey];
  if (phrases?.template !== undefined && random.chance(templateShare)) {
    return fill(random, phrases.template, slots);
  }
  const mood = random.weighted<Mood>(moods);
  const sentences = phrases === undefined ? oneOffSentences(random) : causeSentences(random, phrases);
  if (random.chance(0.3)) sentences.push(random.choice(asides));
  if (random.chance(0.7)) sentences.unshift(random.choice(openings[mood]));
  if (random.chance(0.6)) sentences.push(random.choice(closings[mood]));
  const filled = sentences.map((sentence) => capitalise(fill(random, sentence, slots)));
  while (countWords(filled) < minWords) filled.push(fill(random, random.choice(asides), slots));
  while (countWords(filled) > maxWords) filled.pop();
  return roughen(random, filled.join(" "), mood);
}

/** The adviser's note on how the case was resolved. */
export function writeResolution(random: Random, remedies: readonly RemedyType[], slots: Slots): string {
  const sentences = remedies.map((remedy) => random.choice(resolutionPhrases[remedy]));
  if (random.chance(0.6)) sentences.push(random.choice(resolutionEndings));
  return sentences.map((sentence) => fill(random, sentence, slots)).join(" ");
}

/** One to three times how it was noticed with what was wrong, then details and a wish. */
function causeSentences(random: Random, phrases: CausePhrases): string[] {
  const { leads, faults, details, wants } = phrases;
  const count = leads.length === 0 ? 1 : random.choice([1, 1, 1, 2, 2, 2, 2, 3]);
  const chosenLeads = sample(random, leads, count);
  const happened = sample(random, faults, count).map((fault, index) => {
    const lead = chosenLeads[index];
    return lead === undefined ? `${fault}.` : `${lead} ${fault}.`;
  });
  return [
    ...happened,
    ...sample(random, details, random.choice([0, 0, 1, 1, 1, 2])),
    ...sample(random, wants, random.chance(0.7) ? 1 : 0),
  ];
}

function oneOffSentences(random: Random): string[] {
  const { things, events, circumstances } = oneOffPhrases;
  const first = `{thing} ${random.choice(events)}, ${random.choice(circumstances)}.`;
  const second = `${random.choice(["And", "What is more,", "Besides,"])} ${random.choice(things)} ${random.choice(events)}.`;
  return random.chance(0.5) ? [first, second] : [first];
}

/** The hand of the writer: small letters, shouting, a slip of the finger. */
function roughen(random: Random, text: string, mood: Mood): string {
  let rough = text;
  if (random.chance(0.18)) rough = slip(random, rough);
  if (random.chance(0.06)) rough = slip(random, rough);
  if (random.chance(0.05)) rough = rough.toLowerCase();
  if (random.chance(0.1)) rough = rough.replaceAll("'", "");
  if (mood === "furious" && random.chance(0.35)) rough = rough.replace(/\.$/, "!!!");
  return rough;
}

/** Swaps two neighbouring small letters inside one word. */
function slip(random: Random, text: string): string {
  const at = random.integer(1, Math.max(1, text.length - 3));
  if (!/^[a-z]{3}$/.test(text.slice(at - 1, at + 2))) return text;
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}

function sample(random: Random, items: readonly string[], count: number): string[] {
  const rest = [...items];
  return Array.from({ length: Math.min(count, rest.length) }, () => {
    const [taken] = rest.splice(random.integer(0, rest.length - 1), 1);
    return taken ?? "";
  });
}

function countWords(sentences: readonly string[]): number {
  let words = sentences.length;
  for (const sentence of sentences) {
    for (let at = sentence.indexOf(" "); at >= 0; at = sentence.indexOf(" ", at + 1)) words += 1;
  }
  return words;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
