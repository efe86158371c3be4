import { MAX_IDENTIFIER_LENGTH } from "./limits.ts";

/** True for what a table or an index may be called: letters, digits and underscores, a letter first. */
export function isIdentifier(name: string): boolean {
  return /^[a-zA-Z]/u.test(name) && identifierProblem(name) === null;
}

/** What production has against a name of the system's or of a field, which may begin with an underscore; null when it has nothing. */
export function identifierProblem(name: string): string | null {
  const [first] = name;
  if (first === undefined) return "Identifier cannot be empty";
  if (!/[a-zA-Z_]/u.test(first)) {
    return `Invalid first character '${first}' in ${name}: Identifiers must start with an alphabetic character or underscore`;
  }
  const invalid = /[^a-zA-Z0-9_]/u.exec(name);
  if (invalid !== null) {
    return `Identifier ${name} has invalid character '${invalid[0]}': Identifiers can only contain alphanumeric characters or underscores`;
  }
  if (name.length > MAX_IDENTIFIER_LENGTH) {
    return `Identifier is too long (${name.length} > maximum ${MAX_IDENTIFIER_LENGTH})`;
  }
  return /^_+$/u.test(name) ? `Identifier ${name} cannot have exclusively underscores` : null;
}
