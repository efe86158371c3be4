/** Developers leave out the scheme, and disagree with their provider about the trailing slash. */
export function canonicalIssuer(issuer: string): string {
  const url = /^https?:\/\//.test(issuer) ? issuer : `https://${issuer}`;
  return url.replace(/\/+$/, "");
}
