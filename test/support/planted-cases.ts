import type { CaseText } from "#analytics/causes/cluster-cases.ts";
import { type Random, randomFrom } from "#analytics/causes/random.ts";

/** A simulated case and the cause that it was written from. */
export interface PlantedCase extends CaseText {
  cause: string;
}

/** Each sentence has slots in braces; a slot is filled by one of its words, drawn anew. */
const causes: Readonly<Record<string, readonly string[]>> = {
  "kettle leaks": [
    "The kettle {leaks|is leaking|drips} at the {handle|base|spout} {again|since Monday|after a week}.",
    "{Water|Hot water} comes out of the kettle {base|bottom}, it is {defective|faulty}.",
    "My {new|second} kettle is {leaking|dripping} from the {seam|base}; the seal looks {cracked|broken}.",
  ],
  "parcel late": [
    "My parcel is {late|delayed|overdue}, the courier {has no|lost the} tracking.",
    "The delivery was {promised|due} on {Friday|Tuesday} and the parcel is still {waiting|pending} at the depot.",
    "Courier {delayed|missed} the delivery {twice|again}, where is my parcel?",
  ],
  "agent rude": [
    "The agent on the phone was {rude|impolite|sarcastic} and {hung up|shouted} at me.",
    "Your {representative|agent} {interrupted|ignored} me and was very {unfriendly|disrespectful}.",
    "I was treated {badly|rudely} by an {unhelpful|untrained} agent who {argued|shouted}.",
  ],
  "charged twice": [
    "I was charged {twice|two times} for one {subscription|membership} on my invoice.",
    "The invoice shows a {duplicate|double} {subscription|membership} charge.",
    "Duplicate billing: my {membership|subscription} appears {twice|two times} on the {invoice|billing statement}.",
  ],
  "app login": [
    "The app {crashes|freezes} at login after the {update|new version}.",
    "Login screen of the app shows an {error|error code} since the {last|new} update.",
    "Cannot sign in, the app {freezes|crashes} and the login {fails|stops}.",
  ],
  "refund waiting": [
    "I sent the {shoes|boots} back and {still wait|am waiting} for my refund.",
    "The refund for my returned {boots|shoes} has not {arrived|been paid} after {three|four} weeks.",
    "Return of the {shoes|boots} was confirmed, the refund is {missing|not here}.",
  ],
};

/** `perCause` cases of each of six causes, in a mixed order that the ids do not betray. */
export function plantedCases(perCause: number, seed = 1): PlantedCase[] {
  const random = randomFrom(seed);
  const planted = Object.entries(causes).flatMap(([cause, sentences]) =>
    Array.from({ length: perCause }, () => ({
      caseId: Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, "0"),
      text: `${filled(pick(sentences, random), random)} ${pick(["", "Please help.", "I am not happy.", "Thank you."], random)}`,
      contactReason: null,
      fields: {},
      cause,
    })),
  );
  return planted.sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
}

function filled(sentence: string, random: Random): string {
  return sentence.replace(/\{([^}]*)\}/g, (_, choices: string) => pick(choices.split("|"), random));
}

function pick(choices: readonly string[], random: Random): string {
  return choices[Math.floor(random() * choices.length)] ?? "";
}
