import { expect, test } from "./fixtures.ts";
import { openConversation } from "./inbox.ts";
import { LeadPhone } from "./lead-phone.ts";
import { pt } from "./words.ts";
import { seeded } from "./world.ts";

const SECONDS = 2;
const SAMPLE_RATE = 8_000;

test("a voice note arrives and plays in the thread", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "horizonte", "sdr"), { organizationId: "org_horizonte" });
  const lead = await LeadPhone.make(world, "Teresa");
  const sound = makeTone();
  await lead.send("audio", {
    mimeType: "audio/wav",
    base64: sound.toString("base64"),
    seconds: SECONDS,
    voice: true,
  });
  const thread = await openConversation(page, lead);
  const voice = thread.getByRole("group", { name: pt.inbox.audio.voice });
  await expect(voice).toBeVisible();
  const audio = voice.locator("audio");
  const url = await audio.getAttribute("src");
  expect(await (await page.request.get(url ?? "")).body()).toEqual(sound);

  const position = voice.getByRole("slider", { name: pt.inbox.audio.seek });
  await expect(position).toHaveValue("0");
  await voice.getByRole("button", { name: pt.inbox.audio.play }).click();
  await expect.poll(() => audio.evaluate(({ currentTime }: HTMLAudioElement) => currentTime)).toBeGreaterThan(0.5);
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0);
  await expect(voice.getByRole("button", { name: pt.inbox.audio.play })).toBeVisible(); // it came to its end
});

test("a picture arrives, shows in the thread and opens larger", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "horizonte", "sdr"), { organizationId: "org_horizonte" });
  await expect(page.getByRole("heading", { name: pt.inbox.title, level: 1 })).toBeVisible();
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } });
  const lead = await LeadPhone.make(world, "Ulisses");
  await lead.send("image", { mimeType: "image/png", base64: picture.toString("base64") });
  const thread = await openConversation(page, lead);
  const shown = thread.getByRole("img", { name: pt.inbox.kinds.image });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);

  await shown.click();
  const large = page.getByRole("dialog", { name: pt.inbox.kinds.image });
  await expect(large).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(large).toHaveCount(0);
});

/** A quiet tone as a WAV file: 8 bits, one channel. */
function makeTone(): Buffer {
  const header = Buffer.alloc(44);
  const length = SAMPLE_RATE * SECONDS;
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + length, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE, 28); // bytes per second
  header.writeUInt16LE(1, 32); // bytes per frame
  header.writeUInt16LE(8, 34); // bits per sample
  header.write("data", 36, "latin1");
  header.writeUInt32LE(length, 40);
  const wave = Uint8Array.from(
    { length },
    (_, frame) => 128 + 20 * Math.sin((frame * 2 * Math.PI * 440) / SAMPLE_RATE),
  );
  return Buffer.concat([header, wave]);
}
