import { randomBytes } from "node:crypto";
import { toDataURL } from "qrcode";
import { badRequest } from "./errors.ts";
import { toPhoneJid } from "./numbers.ts";
import type { InstanceRow, Pairing } from "./state.ts";
import type { EventHook } from "./webhooks.ts";
import type { World } from "./world.ts";

/** Codes shown before the server gives up (`QRCODE_LIMIT`). */
const QR_LIMIT = 30;
const FIRST_CODE_MS = 60_000;
const NEXT_CODE_MS = 20_000;

const LOGGED_OUT = 401;
const GAVE_UP = 428;

/** Pairing of phones: codes that replace each other until one is scanned, and what ends a connection. */
export class PhonePairing {
  readonly #world: World;
  readonly #hook: EventHook;

  constructor(world: World, hook: EventHook) {
    this.#world = world;
    this.#hook = hook;
    for (const instance of world.state.instances) if (instance.pairing !== null) this.#expectScan(instance);
  }

  /** Starts to show codes. Does nothing when a phone is paired or a code is shown already. */
  async begin(instance: InstanceRow): Promise<void> {
    if (instance.state !== "close") return;
    instance.state = "connecting";
    this.#hook.emit(instance, "connection.update", { instance: instance.name, state: "connecting", statusReason: 200 });
    await this.#showCode(instance, 1);
  }

  /** What a phone does with the code it sees. Throws when the code is not the one that is shown now. */
  scan(code: string, { phone, profileName }: { phone: string; profileName: string }): InstanceRow {
    const instance = this.#world.state.instances.find(
      ({ pairing }) => pairing !== null && (pairing.code === code || pairing.pairingCode === code),
    );
    if (instance === undefined) throw badRequest("This code is not shown any more");
    Object.assign(instance, { state: "open", owner: phone, profileName, pairing: null });
    this.#hook.emit(instance, "connection.update", {
      instance: instance.name,
      wuid: toPhoneJid(phone),
      profileName,
      profilePictureUrl: null,
      state: "open",
      statusReason: 200,
    });
    this.#world.changed();
    return instance;
  }

  /** The phone, or the API, ended the session. */
  end(instance: InstanceRow): void {
    this.#close(instance, "close", LOGGED_OUT);
    this.#hook.emit(instance, "status.instance", {
      instance: instance.name,
      status: "closed",
      disconnectionAt: new Date(this.#world.now()).toISOString(),
      disconnectionReasonCode: LOGGED_OUT,
      disconnectionObject: "{}",
    });
  }

  async #showCode(instance: InstanceRow, count: number): Promise<void> {
    const pairing = await makePairing(count, this.#world.now(), instance.number !== null);
    if (instance.state !== "connecting") return;
    instance.pairing = pairing;
    const { code, pairingCode, base64 } = pairing;
    this.#hook.emit(instance, "qrcode.updated", { qrcode: { instance: instance.name, pairingCode, code, base64 } });
    this.#world.changed();
    this.#expectScan(instance);
  }

  #expectScan(instance: InstanceRow): void {
    const shown = instance.pairing;
    if (shown === null) return;
    this.#world.clock.schedule(Math.max(0, shown.expiresAt - this.#world.now()), () => {
      if (instance.pairing !== shown) return;
      if (shown.count >= QR_LIMIT) this.#giveUp(instance);
      else void this.#showCode(instance, shown.count + 1);
    });
  }

  #giveUp(instance: InstanceRow): void {
    const message = "QR code limit reached, please login again";
    this.#hook.emit(instance, "qrcode.updated", { message, statusCode: 500 });
    this.#close(instance, "refused", GAVE_UP);
  }

  #close(instance: InstanceRow, state: "close" | "refused", statusReason: number): void {
    Object.assign(instance, { state: "close", pairing: null });
    this.#hook.emit(instance, "connection.update", { instance: instance.name, state, statusReason });
    this.#world.changed();
  }
}

async function makePairing(count: number, now: number, withPairingCode: boolean): Promise<Pairing> {
  const code = `2@${[72, 32, 32, 32].map((size) => randomBytes(size).toString("base64")).join(",")}`;
  const pairingCode = withPairingCode ? randomBytes(4).toString("hex").toUpperCase() : null;
  const expiresAt = now + (count === 1 ? FIRST_CODE_MS : NEXT_CODE_MS);
  return { code, pairingCode, base64: await toDataURL(code, { margin: 3, width: 360 }), count, expiresAt };
}
