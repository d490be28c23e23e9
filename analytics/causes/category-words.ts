import type { Category } from "../case.ts";

/** Words that point to one kind of cause. A workspace may bring its own. */
export type CategoryWords = Readonly<Record<Category, readonly string[]>>;

/**
 * The words that the first guess of a category starts from: generic, without the nouns of any trade, so that they hold
 * for a bank as for a hospital (seeds that knew the trade scored higher and would not travel). `product`: what was
 * delivered is at fault; `process`: how the work runs; `staff_training`: how somebody acted or explained.
 */
export const defaultCategoryWords: CategoryWords = {
  product:
    `app battery blunt broke broken bug burnt cleanliness compatibility cracked crash crooked damaged defect
    defective design device dirty equipment error facilities faded fault faulty feature fragile freezes glitch hardware
    instructions jammed leaking login loose malfunction manual material noise noisy odour outage overheating part
    parts peeling quality reset rust rusty scratch scratched screen sharp slow smell smells software stain stopped
    stuck temperature torn unclear uncomfortable unstable update version website wobbly worn`.split(/\s+/),
  process:
    `application appointment approval authorisation backlog billed billing booking callback cancel cancellation
    cancelled carrier charged chased courier deadline delay delayed deliver delivery depot dispatch dispute
    documents duplicate escalation handover hours investigation invoice late lost misplaced missing overcharged
    overdue packaging packed paperwork parcel passed pending policy postponed procedure process processing queue
    rebooked referral refund reminder renewal reschedule schedule shipment shipped shipping stock system tracking
    transfer transferred transit twice verification waited waiting warehouse weeks wrong`.split(/\s+/),
  staff_training:
    `advice advised agent agents argued arrogant assured attendant attitude blamed caller careless clerk colleague
    communication condescending courteous dismissive disrespectful driver empathy employee explain explained
    explanation harass hung ignorant ignored impolite incompetent insisted interrupted knowledge lied listen
    listened misinformed misled polite professional promised receptionist refused rep representative respect rude
    salesman sarcastic shouted shrugged staff supervisor talked technician threatened tone trained trainee
    training unfriendly unhelpful unprofessional untrained`.split(/\s+/),
};
