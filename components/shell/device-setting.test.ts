import { expect, test, vi } from "vitest";
import { DeviceSetting } from "./device-setting.ts";

const makeSetting = () => new DeviceSetting({ key: "sound", values: ["on", "off"] as const, fallback: "off" });

function makeStorage(value: string | null = null) {
  let kept = value;
  return { getItem: () => kept, setItem: (_key: string, next: string) => void (kept = next) };
}

test("a choice outlives the page", () => {
  const storage = makeStorage();
  makeSetting().choose("on", storage);
  expect(makeSetting().read(storage)).toBe("on");
});

test("what is no choice, or not kept, is the fallback", () => {
  expect([makeSetting().read(makeStorage("loud")), makeSetting().read(null)]).toEqual(["off", "off"]);
});

test("where nothing can be kept, the choice holds for the page", () => {
  const setting = makeSetting();
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  setting.choose("on", full);
  expect(setting.read(full)).toBe("on");
});

test("who watches hears of a choice", () => {
  const setting = makeSetting();
  const heard = vi.fn<() => void>();
  const leave = setting.subscribe(heard);
  setting.choose("on", null);
  leave();
  setting.choose("off", null);
  expect(heard).toHaveBeenCalledTimes(1);
});
