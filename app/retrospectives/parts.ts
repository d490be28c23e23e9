import type { RetrospectiveText } from "#db/queries/retrospectives.ts";

/** A part of a retrospective: its heading on the page and in Markdown, and what the form asks. */
export type RetrospectivePart = { heading: string; asks: string } & (
  | { kind: "text"; key: RetrospectiveText }
  | { kind: "factors" | "whys" | "timeline" | "actions" }
);

/**
 * The parts in the order in which they are read. The questions look for what made each step reasonable at the time,
 * never for who took it: what people are blamed for, they stop telling.
 */
export const retrospectiveParts: readonly RetrospectivePart[] = [
  {
    kind: "text",
    key: "trigger",
    heading: "Trigger",
    asks: "What set it off? What happened just before, and for whom did it go wrong?",
  },
  {
    kind: "text",
    key: "cause",
    heading: "Cause",
    asks: "Which condition had to be there for it to happen? Name a condition of the work, not a person: not “who did it”, but “what made it the reasonable thing to do”.",
  },
  {
    kind: "text",
    key: "escape_cause",
    heading: "Why it was not caught",
    asks: "Which check could have seen it earlier, and why did that check let it pass, or why is there none?",
  },
  {
    kind: "factors",
    heading: "Contributing factors",
    asks: "What made it likelier or worse? A few words each, the same words every time: they are counted over all retrospectives.",
  },
  {
    kind: "whys",
    heading: "Five whys",
    asks: "Ask of each answer why it was so, until the answer is something that you can change. Where you arrive at a person, ask once more: what did they see, and what made it sensible?",
  },
  {
    kind: "timeline",
    heading: "Timeline",
    asks: "Drawn from the times on record; there is nothing to write here.",
  },
  {
    kind: "text",
    key: "went_well",
    heading: "What went well",
    asks: "What kept it from being worse? What would you want to happen again?",
  },
  {
    kind: "text",
    key: "surprises",
    heading: "What surprised us",
    asks: "What did you believe before that turned out otherwise? Where did the work differ from how you thought that it is done?",
  },
  {
    kind: "text",
    key: "lessons",
    heading: "Lessons",
    asks: "What would you tell a team that is about to meet the same?",
  },
  {
    kind: "actions",
    heading: "Actions",
    asks: "What changes so that it does not come back? Prefer a change of the work to a reminder to take care.",
  },
];

/** The texts among the parts. */
export const textParts = retrospectiveParts.flatMap((part) => (part.kind === "text" ? [part] : []));
