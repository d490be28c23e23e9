import type { CausePhrases } from "../grammar.ts";

/** What customers write about things that happen a handful of times in two years. */
export const rarePhrases: Record<string, CausePhrases> = {
  "rug-dye-transfer": {
    titles: ["Green stains on the parquet", "Colour of the rug came off"],
    leads: [],
    faults: [
      "We lifted the {product} after {span} and there's a green shadow on our light oak floor that no cleaner removes",
      "The underside of the {product} has bled its dye into the [parquet|pale tiles|vinyl], you can see the outline of the pattern",
    ],
    details: ["The floor is one year old.", "It was never wet.", "Our floor heating was off all the time."],
    wants: ["Who pays for sanding the floor?", "Please send your insurer's address."],
  },
  "lamp-wrong-plug": {
    titles: ["Plug does not fit", "British plug on my lamp"],
    leads: [],
    faults: [
      "The {product} came with a three-pin British plug that doesn't fit any socket in this house",
      "My {product} has a plug for the [UK|United States], although I ordered in your shop for this country",
    ],
    details: [
      "The box says EU.",
      "An adapter is not allowed with it, says the leaflet.",
      "The lamp as such is lovely.",
    ],
    wants: ["Please send the right cable.", "Exchange it, please."],
  },
  "invoice-wrong-company": {
    titles: ["Invoice in someone else's name", "Wrong company on the invoice"],
    leads: [],
    faults: [
      "The invoice for my {product} is made out to a company in another town that I have never heard of",
      "I downloaded the invoice of order {order} and it shows the name and the tax number of a stranger",
    ],
    details: ["My tax office won't accept it.", "Does that company have mine?", "The amount is right."],
    wants: ["Please issue a correct one.", "I want to know who has got my data."],
  },
  "gift-note-swapped": {
    titles: ["Wrong greeting card inside", "Somebody else's gift message"],
    leads: [],
    faults: [
      "The card with the {product} wished my mother a happy retirement from people we don't know",
      "Our gift note for the wedding was swapped, the couple got [a condolence card|a birthday rhyme] with the {product}",
    ],
    details: [
      "That was very embarrassing.",
      "Someone else must have read ours.",
      "The gift itself was right.",
    ],
    wants: ["Please send the right card with an apology to them.", "How can that happen?"],
  },
  "desk-finger-trap": {
    titles: ["Finger crushed by the desk", "Desk frame is dangerous"],
    leads: [],
    faults: [
      "While lowering the {product} my thumb got caught between the crossbar and the leg, it needed [two|three] stitches",
      "The height lever of the {product} has no stop, the frame dropped and squeezed my [finger|hand] badly",
    ],
    details: ["There's no warning on the frame.", "I have a doctor's note.", "Children use that desk."],
    wants: ["Take that desk off the market.", "Please have your safety people call me."],
  },
  "deaf-caller-refused": {
    titles: ["Relay call refused", "I am deaf and was hung up on"],
    leads: [],
    faults: [
      "I am deaf and call through a relay interpreter, your adviser said that third parties aren't allowed and hung up",
      "Twice your phone line refused to talk to my sign language interpreter about my {product}",
    ],
    details: [
      "It is my right to use that service.",
      "No other shop does that.",
      "There was no offer to write instead.",
    ],
    wants: ["Please instruct your phone staff.", "I'd like an apology in writing."],
  },
  "review-deleted": {
    titles: ["My review was removed", "Why was my rating deleted?"],
    leads: [],
    faults: [
      "My two-star review of the {product} was online for a day and has vanished, the five-star ones are all still there",
      "I wrote a factual review about the {product} on {day}, it was approved and then taken down without a word",
    ],
    details: [
      "There was no bad language in it.",
      "I bought it from you, with receipt.",
      "That's not honest.",
    ],
    wants: ["Please put it back.", "Which rule did I break?"],
  },
  "crew-scratched-door": {
    titles: ["Door frame damaged at delivery", "Delivery men scratched our door"],
    leads: [],
    faults: [
      "When the two men carried the {product} in they hit the frame of our front door and left a [deep gouge|long scratch]",
      "Your crew dragged the {product} through the hall and took the paint off the door frame on both sides",
    ],
    details: [
      "They saw it and said nothing.",
      "We had offered to take the door off.",
      "I've got photos of before.",
    ],
    wants: ["Please pay for the painter.", "Send me the form for damage."],
  },
};
