/** How a message begins and ends, by the mood of its writer; shared by all causes, so that it tells nothing about them. */
export const moods = { polite: 4, plain: 6, furious: 3 } as const;
export type Mood = keyof typeof moods;

export const openings: Record<Mood, readonly string[]> = {
  polite: [
    "Good [morning|afternoon|day],",
    "Hello,",
    "Dear team,",
    "Dear customer service, I hope you can help me.",
    "Hi there, I'm afraid that I have to complain.",
    "Good evening, I have been a happy customer so far.",
    "Hello, my order number is {order}.",
  ],
  plain: [
    "Hi,",
    "Hello.",
    "Order {order}.",
    "It's about order {order}.",
    "Regarding my last order:",
    "To whom it may concern.",
    "I'd like to complain.",
  ],
  furious: [
    "I am [furious|speechless|fed up].",
    "What kind of shop is this?!",
    "That's it, I have had enough.",
    "UNBELIEVABLE.",
    "Never again!",
    "Are you serious?",
    "Order {order}, and I'm really angry.",
  ],
};

export const closings: Record<Mood, readonly string[]> = {
  polite: [
    "Thank you [in advance|for your help|very much].",
    "Kind regards",
    "I look forward to your answer.",
    "Many thanks and best wishes",
    "Thanks for looking into it.",
  ],
  plain: [
    "Regards",
    "Please get back to me.",
    "I await your reply.",
    "You can reach me by e-mail.",
    "Thanks.",
    "Please let me know by {soon}.",
  ],
  furious: [
    "I will tell everybody about that.",
    "My next letter comes from a lawyer.",
    "I am waiting. Not for long.",
    "You'll find my review online.",
    "Shame on you.",
    "I've been a customer for years, you have just lost me.",
  ],
};

/** What people add whatever it is about: the words of one cause in the complaints about another. */
export const asides = [
  "I already [called|wrote to] you about it and got no answer.",
  "Nobody on the phone could tell me more.",
  "An adviser in the chat told me to write to you.",
  "I paid {amount} for it.",
  "A quick answer would help me.",
  "The delivery itself was [fine|quick|on time].",
  "I can send you photos if you need them.",
  "I have wasted a whole evening on it.",
  "I have been a customer for [two|four|seven] years.",
  "Your website [says nothing about that|is no help at all].",
  "The order was placed last month.",
  "I was promised an answer within two days.",
  "Is that covered by the guarantee?",
  "I have seen the same complaint in your reviews.",
  "My account still shows everything as done.",
  "I don't want a voucher for that.",
  "I didn't know whom else to write to.",
  "It is not about the money.",
  "I couldn't find a form for that.",
  "I only want somebody to know about it.",
  "The {product} as such is very nice.",
  "I'm a patient person, but there are limits.",
  "I have told you so before.",
] as const;

/** Titles that say nothing, as many real ones do. */
export const vagueTitles = [
  "Complaint",
  "Problem with my order",
  "Order {order}",
  "Please help",
  "Not satisfied",
  "Complaint about order {order}",
  "Urgent",
] as const;

/** What people call our products. */
export const productWords: Record<string, readonly string[]> = {
  "Alder wardrobe": ["wardrobe", "Alder wardrobe", "big wardrobe"],
  "Birk desk": ["desk", "Birk desk", "writing desk"],
  "Alder shelf": ["shelf", "Alder shelf", "bookshelf"],
  "Nova kettle": ["kettle", "Nova kettle", "electric kettle"],
  "Tern frying pan": ["frying pan", "pan", "Tern pan"],
  "Tern saucepan": ["saucepan", "Tern saucepan", "small pot"],
  "Cloud mattress topper": ["mattress topper", "topper", "Cloud topper"],
  "Sola desk lamp": ["lamp", "desk lamp", "Sola lamp"],
  "Glass carafe set": ["carafe set", "carafe", "set of glasses"],
  "Stoneware plates": ["plates", "stoneware", "dinner set"],
  "Moss rug": ["rug", "Moss rug", "carpet"],
  "Refill Box": ["Refill Box", "subscription", "refill subscription", "monthly box"],
  "Gift voucher": ["voucher", "gift card", "gift voucher"],
  "Larkfield app": ["app", "account", "subscription"],
};

export const advisers = [
  "Anke",
  "Mr Brandt",
  "Carla",
  "Dennis",
  "Ms Eriksen",
  "Femke",
  "Jonas",
  "Ms Kowalski",
  "Lasse",
  "Mirjam",
  "Mr Novak",
  "Petra",
  "Sean",
  "Tilda",
  "a certain Mr Weber",
  "your adviser",
  "the young man on the phone",
] as const;

export const spans = [
  "nine days",
  "ten days",
  "two weeks",
  "almost two weeks",
  "three weeks",
  "twenty days",
  "four weeks",
  "a month",
  "more than a month",
  "five weeks",
] as const;
