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
    `app battery broke broken bug cleanliness compatibility cracked crash damaged defect defective design device
    dirty equipment error facilities fault faulty feature glitch hardware leaking login loose malfunction noise noisy
    outage overheating part parts quality reset screen slow software stopped temperature unclear uncomfortable update
    version website worn`.split(/\s+/),
  process:
    `application appointment approval authorisation backlog billing booking cancel cancellation cancelled courier
    deadline delay delayed deliver delivery dispatch dispute documents duplicate escalation handover hours instead
    investigation invoice late lost missing overdue paperwork pending policy procedure process queue refund referral
    reschedule schedule shipment shipped shipping stock system transfer transferred twice verification waited waiting
    warehouse weeks wrong`.split(/\s+/),
  staff_training:
    `advice advised agent agents argued attendant attitude caller careless clerk colleague communication
    courteous disrespectful empathy employee explain explained explanation harass hung ignored impolite incompetent
    interrupted knowledge lied listen listened misinformed misled polite professional promised receptionist rep
    representative respect rude sarcastic shouted shrugged staff supervisor talked technician threatened tone trained
    training trainee unfriendly unhelpful unprofessional untrained`.split(/\s+/),
};
