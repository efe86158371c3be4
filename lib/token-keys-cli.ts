/** `node lib/token-keys-cli.ts`: prints a new key pair for the tokens with which the Next server calls Convex. */
import { createTokenKeys } from "./token-keys.ts";

const { privateKey, jwks } = await createTokenKeys(`qify-${new Date().toISOString().slice(0, 10)}`);
process.stdout.write(`# For the Next server, secret:\nQIFY_TOKEN_PRIVATE_KEY=${privateKey}\n\n`);
process.stdout.write(`# For the Convex deployment:\nQIFY_TOKEN_JWKS=${jwks}\n`);
