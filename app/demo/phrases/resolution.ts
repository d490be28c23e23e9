import type { RemedyType } from "#analytics/case.ts";

/** What the adviser noted when the case was resolved, by remedy. */
export const resolutionPhrases: Record<RemedyType, readonly string[]> = {
  apology: [
    "Apologised to the customer.",
    "Said sorry [by phone|in writing|by e-mail].",
    "Apology sent with my name and extension.",
  ],
  explanation: [
    "Explained [what happened|the next steps|how it came about].",
    "Went through it with the customer.",
    "Sent a written explanation.",
  ],
  correction: [
    "Corrected [the record|the booking|it in the system] and checked it.",
    "Put right on our side, customer confirmed.",
    "Carried out what had been agreed.",
  ],
  replacement: [
    "Replacement for the {product} ordered, [standard post|express].",
    "Sent a new one, return label not needed.",
    "Spare part posted.",
  ],
  refund: [
    "Refund of {amount} released.",
    "{amount} credited to the original card.",
    "Money returned, {amount}.",
  ],
  goodwill: [
    "Goodwill credit added.",
    "Voucher sent as a gesture.",
    "[Small|One-time] credit granted after consulting the team lead.",
  ],
  policy_change: [
    "Passed on, rule will be changed.",
    "Raised with the owner of the rule, agreed to change it.",
  ],
  none: ["No action needed.", "Nothing found that we could do.", "Noted for information, closed."],
};

export const resolutionEndings = [
  "Customer informed.",
  "Informed by e-mail.",
  "Left a message.",
  "Customer was content.",
  "Customer not reached by phone.",
  "Closed after no reply.",
] as const;
