/** `node scripts/new-keys.ts`: prints a new key pair for the tokens with which the Next server calls Convex. */
import { createTokenKeys } from "../lib/token-keys.ts";

const { privateKey, jwks } = await createTokenKeys(`qify-${new Date().toISOString().slice(0, 10)}`);
console.log(`# For the Next server, secret:\nQIFY_TOKEN_PRIVATE_KEY=${privateKey}\n`);
console.log(`# For the Convex deployment:\nQIFY_TOKEN_JWKS=${jwks}`);
