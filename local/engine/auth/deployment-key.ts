/** The key that a deployment signs tokens with for its own functions, and what others verify them by. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { scanIndex } from "../database/system-rows.ts";
import type { Store } from "../store/store.ts";
import type { Transaction } from "../store/transaction.ts";
import { requireString } from "../syscalls/arguments.ts";
import type { JsonObject } from "../types.ts";

const TABLE = "_signing_keys";
/** A deployment has one key, whichever component signs. */
const APP = "";

type SigningKey = { kid: string; privateKey: KeyObject; publicJwk: JsonObject };

/**
 * One ES256 key pair for each store, made when it is first asked for and kept there for good.
 * Invariant: what is remembered is read from the store in each transaction, so that a key whose making was undone is not used.
 */
export class DeploymentKey {
  #known: { pem: string; key: SigningKey } | undefined;

  /** A JWT of these claims; `tx` must be able to write. */
  sign(tx: Transaction, claims: JsonObject): string {
    const { kid, privateKey } = this.#load(tx);
    const encode = (part: JsonObject) => Buffer.from(JSON.stringify(part)).toString("base64url");
    const text = `${encode({ alg: "ES256", typ: "JWT", kid })}.${encode(claims)}`;
    const signature = sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${text}.${signature.toString("base64url")}`;
  }

  /** The public half, as a JWKS. */
  jwks(store: Store): JsonObject {
    const load = (tx: Transaction) => this.#load(tx).publicJwk;
    const isMade = store.read((tx) => findPem(tx) !== null);
    return { keys: [isMade ? store.read(load) : store.write(load).value] };
  }

  #load(tx: Transaction): SigningKey {
    const pem = findPem(tx) ?? makePem(tx);
    if (this.#known?.pem !== pem) this.#known = { pem, key: readKey(pem) };
    return this.#known.key;
  }
}

function findPem(tx: Transaction): string | null {
  if (tx.table(APP, TABLE) === null) return null;
  const [row] = scanIndex(tx, APP, { index: `${TABLE}.by_creation_time`, range: [] });
  return row === undefined ? null : requireString(row, "pem");
}

function makePem(tx: Transaction): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  tx.insert(tx.ensureTable(APP, TABLE), { pem });
  return pem;
}

function readKey(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem);
  const { crv = "", kty = "", x = "", y = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  // The key's thumbprint (RFC 7638): its required members in order, without spaces.
  const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
  return { kid, privateKey, publicJwk: { kty, crv, x, y, kid, alg: "ES256", use: "sig" } };
}
