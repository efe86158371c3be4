import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../_generated/api";
import { fillTenant, makeBackend } from "../test.setup.ts";
import { makeWorld, theConversation, type World } from "./test.setup.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const firstPage = { paginationOpts: { numItems: 10, cursor: null } };

async function readThread(world: World) {
  const { _id: conversationId } = await theConversation(world);
  return (await world.org.as.viewer.query(api.inbox.messages.list, { conversationId, ...firstPage })).page;
}

describe("what a reader is told", () => {
  it("how far they had read, each for themselves", async () => {
    const world = await makeWorld();
    await world.hear("one");
    await world.hear("two");
    const { _id: conversationId } = await theConversation(world);
    await world.org.as.viewer.mutation(api.inbox.conversations.markRead, { conversationId, seq: 1 });
    const of = (role: "viewer" | "sdr") => world.org.as[role].query(api.inbox.conversations.get, { conversationId });
    expect([await of("viewer"), await of("sdr")]).toMatchObject([
      { readSeq: 1, unread: true },
      { readSeq: 0, unread: true },
    ]);
  });

  it("which member spoke last, in the list and in the thread", async () => {
    const world = await makeWorld();
    await world.hear("one");
    const { _id: conversationId } = await theConversation(world);
    const { sdr } = world.org.members;
    const said = { conversationId, text: "Bom dia", clientId: "written here" };
    await world.org.as.sdr.mutation(api.inbox.messages.reply, said);
    const list = await world.org.as.viewer.query(api.inbox.conversations.list, { filter: "all", ...firstPage });
    expect(list.page).toMatchObject([{ lastMessage: { author: "member", memberId: sdr, memberName: "sdr of acme" } }]);
    expect(await readThread(world)).toMatchObject([
      { author: { kind: "member", memberId: sdr, name: "sdr of acme" }, clientId: "written here" },
      { author: { kind: "contact", memberId: null, name: null }, clientId: null },
    ]);
  });

  it("in the list, the newest message that stands: not one that was taken back before it left", async () => {
    const world = await makeWorld();
    await world.hear("one", { text: "Quanto custa?" });
    const { _id: conversationId } = await theConversation(world);
    const { sdr, viewer } = world.org.as;
    const previewOf = async () =>
      (await viewer.query(api.inbox.conversations.list, { filter: "all", ...firstPage })).page[0]?.lastMessage;
    const heard = await previewOf();
    const write = async (text: string) =>
      sdr.mutation(api.inbox.messages.reply, { conversationId, text, clientId: text });
    const first = await write("um");
    const second = await write("dois");
    await sdr.mutation(api.inbox.messages.cancelSend, { messageId: first });
    expect(await previewOf()).toMatchObject({ preview: "dois", author: "member" });
    await sdr.mutation(api.inbox.messages.cancelSend, { messageId: second });
    expect(await previewOf()).toEqual(heard);
  });

  it("of somebody on the phone itself that it was one of the team, and no name", async () => {
    const world = await makeWorld();
    await world.hear("one", { fromMe: true });
    const list = await world.org.as.viewer.query(api.inbox.conversations.list, { filter: "all", ...firstPage });
    expect(list.page).toMatchObject([{ lastMessage: { author: "member", memberId: null, memberName: null } }]);
  });

  it("how large a picture is, before its bytes are here, where the provider said so", async () => {
    const world = await makeWorld();
    const media = { ref: "ref", mimeType: "image/png", voice: false, viewOnce: false };
    await world.hear("one", { kind: "image", media: { ...media, width: 1200, height: 900 } });
    await world.hear("two", { kind: "image", media });
    expect(await readThread(world)).toMatchObject([
      { media: { width: null, height: null, url: null } },
      { media: { width: 1200, height: 900, url: null } },
    ]);
  });
});

describe("an address that somebody typed", () => {
  it("is not found unless it is a conversation of their own organization", async () => {
    const backend = makeBackend();
    const own = await fillTenant(backend, "alpha");
    const foreign = await fillTenant(backend, "bravo");
    const { owner } = own.as;
    for (const conversationId of ["", "not an id", own.ids.contacts, foreign.ids.conversations]) {
      await expect(owner.query(api.inbox.conversations.get, { conversationId })).rejects.toThrow("not_found");
      await expect(owner.query(api.inbox.messages.list, { conversationId, ...firstPage })).rejects.toThrow("not_found");
      await expect(owner.query(api.inbox.typing.get, { conversationId, now: 1 })).rejects.toThrow("not_found");
    }
    const found = await owner.query(api.inbox.conversations.get, { conversationId: own.ids.conversations });
    expect(found._id).toBe(own.ids.conversations);
  });
});
