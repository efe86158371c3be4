import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { DeveloperError } from "../errors.ts";
import type { Transaction } from "../store/transaction.ts";
import { requireString } from "../syscalls/arguments.ts";
import type { Clock, ComponentPath, JsonObject, StoredFile, Upload } from "../types.ts";

const UPLOAD_TOKEN_LIFE_MS = 3_600_000; // an hour, as in production

/**
 * Stored files: a row of `_storage` and its bytes, written by one transaction. Upload tokens are signed and not kept,
 * so that a restart does not break an upload that is under way.
 */
export class FileStorage {
  readonly #options: { cloudUrl(): string; signingKey: string; clock: Clock };

  constructor(options: { cloudUrl(): string; signingKey: string; clock: Clock }) {
    this.#options = options;
  }

  createUploadUrl(component: ComponentPath): string {
    const payload = `${this.#options.clock.now() + UPLOAD_TOKEN_LIFE_MS}.${Buffer.from(component).toString("base64url")}`;
    return `${this.#options.cloudUrl()}/api/storage/upload?token=${payload}.${this.#sign(payload)}`;
  }

  /** The component that a token lets upload into; null when the token is forged, malformed or too old. */
  verifyUploadToken(token: string): ComponentPath | null {
    const [expiresAt = "", component = "", signature = ""] = token.split(".");
    const expected = Buffer.from(this.#sign(`${expiresAt}.${component}`));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return Number(expiresAt) > this.#options.clock.now() ? Buffer.from(component, "base64url").toString() : null;
  }

  urlOf(component: ComponentPath, storageId: string): string {
    const query = component === "" ? "" : `?component=${encodeURIComponent(component)}`;
    return `${this.#options.cloudUrl()}/api/storage/${storageId}${query}`;
  }

  store(tx: Transaction, component: ComponentPath, upload: Upload): string {
    const digest = createHash("sha256").update(upload.bytes).digest();
    if (upload.sha256 !== null && ![digest.toString("base64"), digest.toString("hex")].includes(upload.sha256)) {
      throw new DeveloperError("The uploaded bytes do not have the given SHA-256 digest.");
    }
    const row: JsonObject = { sha256: digest.toString("hex"), size: upload.bytes.byteLength };
    if (upload.contentType !== null) row.contentType = upload.contentType;
    const id = tx.insert(tx.ensureTable(component, "_storage"), row);
    tx.files.put(id, upload.bytes);
    return id;
  }

  /** The row of a file, or null; an id of another table is the developer's mistake. */
  loadRow(tx: Transaction, component: ComponentPath, storageId: string): JsonObject | null {
    const table = tx.table(component, "_storage");
    if (table === null || tx.tableNameOf(component, storageId) !== "_storage") {
      throw new DeveloperError(`Invalid storage ID: "${storageId}".`);
    }
    const row = tx.get(table, storageId);
    return row === null ? null : JSON.parse(row);
  }

  load(tx: Transaction, component: ComponentPath, storageId: string): StoredFile | null {
    const row = this.loadRow(tx, component, storageId);
    const bytes = row === null ? null : tx.files.get(storageId);
    if (row === null || bytes === null) return null;
    const contentType = typeof row.contentType === "string" ? row.contentType : null;
    const sha256 = Buffer.from(requireString(row, "sha256"), "hex").toString("base64");
    return { bytes, contentType, sha256 };
  }

  remove(tx: Transaction, component: ComponentPath, storageId: string): void {
    if (this.loadRow(tx, component, storageId) === null) throw new DeveloperError(`storage id ${storageId} not found`);
    tx.remove(tx.ensureTable(component, "_storage"), storageId);
    tx.files.remove(storageId);
  }

  #sign(payload: string): string {
    return createHmac("sha256", this.#options.signingKey).update(payload).digest("base64url");
  }
}
