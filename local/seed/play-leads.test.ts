import { describe, expect, it } from "vitest";
import { HORIZONTE_LEADS, VERTICE_LEADS } from "./leads.ts";
import { nextReply } from "./play-leads.ts";

const lead = { phone: "5511987650101", name: "Paulo", says: [], replies: { teamSize: "Somos 45" } };
const asked = { author: null, text: "Quantas pessoas do time lidam com isso no dia a dia?" };
const own = (text: string) => ({ author: lead.phone, text });

describe("nextReply", () => {
  it("answers the question that was asked last", () => {
    expect(nextReply(lead, [own("Oi"), { author: null, text: "Oi, Paulo!" }, asked])).toBe("Somos 45");
  });

  it("says nothing while the lead has the last word", () => {
    expect(nextReply(lead, [asked, own("Um minuto")])).toBeNull();
  });

  it("says nothing to what is no question, or one that the lead has no answer to", () => {
    expect(nextReply(lead, [{ author: null, text: "Obrigada!" }])).toBeNull();
    expect(nextReply(lead, [{ author: null, text: "Para quando vocês gostariam de ter isso rodando?" }])).toBeNull();
  });

  it("says nothing twice, however often it is asked", () => {
    expect(nextReply(lead, [asked, own("Somos 45"), asked])).toBeNull();
  });
});

it("no two leads of the seed have the same phone", () => {
  const phones = [...HORIZONTE_LEADS, ...VERTICE_LEADS].map(({ phone }) => phone);
  expect(new Set(phones).size).toBe(phones.length);
});
