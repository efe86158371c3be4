// How the agent talks in English.
import type { Phrases } from "./phrase-book.ts";

export const PHRASES_EN: Phrases = {
  hello: (name) =>
    name === null
      ? ["Hi there!", "Hello!", "Hi! Thanks for reaching out."]
      : [`Hi ${name}!`, `Hello ${name}!`, `Hi ${name}, thanks for reaching out.`],
  introduction: (agent, company) => [
    `I'm ${agent}, the virtual assistant at ${company}. 😊`,
    `This is ${agent}, the virtual assistant at ${company}. 😊`,
    `My name is ${agent}, I'm the virtual assistant at ${company}.`,
  ],
  heard: {
    name: (value) => [`Nice to meet you, ${value}!`, `Great to meet you, ${value}!`],
    company: (value) => [`${value}, nice!`, `Got it, ${value}.`, `Thanks, ${value} it is.`],
    segment: () => ["Nice, thanks for the context.", "Got it, I can picture your day already.", "Great, that helps."],
    teamSize: (value) =>
      value === "1"
        ? ["So it is all on you! Impressive.", "Got it, a one-person show."]
        : [
            `Got it, a team of ${value}.`,
            `${value} people, that gives me a good idea of the scale.`,
            `Okay, ${value} people then.`,
          ],
    currentSolution: () => [
      "Makes sense, that is a common place to start.",
      "Got it, I can picture the setup.",
      "Thanks, that is helpful.",
    ],
    problem: () => [
      "Ouch, I can see how that gets in the way.",
      "I hear you, that wears any team down.",
      "That sounds frustrating.",
    ],
    implication: () => ["That really adds up.", "I see, that is not a small impact.", "Yes, that hurts in the end."],
    desiredOutcome: () => [
      "That makes total sense.",
      "Love it, the goal is very clear.",
      "Great, now I see where you want to get to.",
    ],
    decisionMaker: () => ["Perfect, good to know.", "Great, thanks for explaining.", "That helps, thanks."],
    monthlyBudget: () => [
      "Thanks for being open about it, that helps a lot.",
      "Perfect, that gives me an idea.",
      "Great, noted.",
    ],
    timeline: () => ["Good, I noted the timing.", "Okay, that gives us something to plan around.", "Got it, thanks."],
    channels: () => ["Nice, right where your customers are.", "Okay, noted."],
    role: () => ["Great, thanks for introducing yourself.", "Perfect, good to know who I'm talking to."],
    email: () => ["Noted, thanks!", "Perfect, I have your email."],
  },
  heardAnything: ["Got it.", "Okay!", "Thanks for telling me."],
  noPressure: ["No problem.", "That's fine, no pressure."],
  askAgain: ["Let me put it another way:", "Just so I understand better:", "Coming back to this quickly:"],
  from: "from",
  period: { once: "", month: " per month", year: " per year" },
  prices: (lines) =>
    lines.length === 1
      ? [`Sure! ${lines[0]}.`, `No mystery here: ${lines[0]}.`]
      : [`Sure! Here are the prices:\n${lines.join("\n")}`, `No mystery here:\n${lines.join("\n")}`],
  priceByTeam: [
    "The price depends on each company's situation, so our team puts the proposal together, with no commitment.",
    "Our team shares the pricing, because it depends on the size and needs of each customer.",
  ],
  offerByTeam: ["Happy to help! Let me understand your case a little, and the team will show you what fits."],
  noDiscount: [
    "I can't promise a discount here, but I'll note it for the team to discuss with you.",
    "Discounts are not mine to decide, but I'll pass your request to the team.",
  ],
  identity: (agent, company) => [
    `I'm ${agent}, ${company}'s virtual assistant: software, not a person. If you'd rather talk to someone on the team, just say so.`,
    `You're talking to ${agent}, the virtual assistant at ${company}. Whenever you want someone from the team, just ask.`,
  ],
  privacy: (company) => [
    `Your contact came with the conversation you opened with ${company}, and we only use it to talk to you. To stop, just reply STOP.`,
  ],
  hours: (hours) => [`Our team is around ${hours}.`, `The team's hours are ${hours}.`],
  link: (url) => [`Here it is: ${url}`, `This is the one: ${url}`],
  unknown: [
    "Good question! I don't have that confirmed here, so I'll note it for the team to answer properly.",
    "I don't know that for certain and would rather not guess. I'll note it for the team to answer.",
  ],
  objection: {
    has_vendor: [
      "Good to hear you have something in place. Many people talk to us just to compare, no strings attached.",
      "That's fine, no need to switch anything now. Think of it as a comparison.",
    ],
    no_budget: [
      "I understand, budgets are always tight. Before any talk of money, I'd rather see if this makes sense for you.",
      "Totally get it. If the numbers don't add up, I'll tell you myself.",
    ],
    no_time: [
      "No rush at all! Answer whenever you can.",
      "That's okay, I'll keep it short, and you can answer when it suits you.",
    ],
    must_think: [
      "Of course, no pressure. Just to help you think it through:",
      "Sure, good decisions take thought. Just one thing to help:",
    ],
    not_decision_maker: [
      "No problem, we can bring that person in later.",
      "Got it! Then let me help you take a clear picture to whoever decides.",
    ],
    too_expensive: [
      "I understand the concern about price. What usually weighs more is what the problem costs today.",
      "Fair enough. Let's see whether the return is worth it in your case.",
    ],
    no_need: ["Good to hear it is working!", "Nice, sounds like things are in order."],
  },
  askForTime: {
    1: [
      "From what you told me, a quick chat with one of our specialists would be worth it. What day and time work best for you?",
      "I think a short call with our specialist would really help. Which day and time suit you?",
    ],
    2: [
      "Great! Could you give me a day and a time that work for you?",
      "Sounds good! Which part of the day is best for the team to reach you?",
    ],
  },
  optedOut: ["Done, I won't message you again. Thanks for letting me know, and all the best!"],
  boundary: ["I can tell you're upset, and I'd like to help. All I ask is that we keep it respectful, okay?"],
  askForText: {
    audio: [
      "I got your voice message, but I can't listen to audio yet. Could you type it for me, please?",
      "Sorry, I can't listen to voice notes yet. Could you write it down for me?",
    ],
    other: [
      "I got your file, but I can't open it here yet. Could you tell me in text?",
      "I can't view that kind of file yet. Could you write what it is about?",
    ],
  },
  handOff: {
    person: [
      "Of course! I'm passing this conversation to someone on the team, who will continue with you here.",
      "Sure, let me bring in a person from the team. They'll have everything you told me.",
    ],
    meeting: (time) =>
      time === null
        ? ["Perfect! I'll pass this to the team, and they'll message you here to agree on a time."]
        : [
            `Perfect! I noted your preference: ${time}. The team will confirm with you here.`,
            `Great! I'm passing your preference (${time}) to the team, and they'll confirm with you here.`,
          ],
    customer: [
      "Thanks for letting us know! I'm passing this straight to the team that looks after our customers; they'll continue here.",
    ],
    unanswered: [
      "I'd rather have the team answer that one precisely. I'm bringing someone in to continue with you here.",
    ],
    media: ["Since I can't open this kind of message yet, I'll bring in someone from the team to continue with you."],
    language: (company) => [
      `Thank you for writing to ${company}! I can't chat in your language yet, so I'm passing your message to a person on the team.`,
    ],
    missing: [
      "Thanks for everything you told me! I'm passing this to a specialist on the team, who will continue with you here.",
    ],
  },
  close: {
    stranger: [
      "Thanks for getting in touch! This channel is only for people interested in our solutions, so I can't help with that here. All the best!",
      "Got it, thanks for letting me know! I can only talk about our solutions here. Take care!",
    ],
    unfit: [
      "Thanks for being so open! From what you told me, we may not be the best option for you today. If anything changes, just message here.",
      "I appreciate you sharing all that. Right now I don't think it makes sense for you, but the door stays open.",
    ],
    later: [
      "No problem! I'm here: whenever it's a good moment, just message me.",
      "Sounds good, no rush at all. Whenever you want to pick this up, send a message.",
    ],
    declined: [
      "That's okay, thanks for replying! If you ever need anything, just message us.",
      "No problem, I appreciate the honesty. All the best!",
    ],
  },
};
