import { readFileSync } from "node:fs";
import { DeveloperError } from "./errors.ts";
import { asObject } from "./json.ts";
import type { Json } from "./types.ts";

/** What somebody who starts the engine gives it: the admin key, and the deployment's environment variables. */
export type GivenEnvironment = { adminKey: string; variables: Readonly<Record<string, string>> };

/** Reads a JSON file `{ adminKey, variables: { NAME: value } }`. Throws a `DeveloperError` that says what is wrong with it. */
export function readEnvironmentFile(file: string): GivenEnvironment {
  const refuse = (reason: string) => new DeveloperError(`The environment file ${file} cannot be used: ${reason}.`);
  const { adminKey, variables } = asObject(parseFile(file, refuse)) ?? {};
  if (typeof adminKey !== "string" || adminKey === "")
    throw refuse("its adminKey must be a text, and not an empty one");
  const given = asObject(variables);
  if (given === null) throw refuse("its variables must be an object");
  const texts = Object.entries(given).map(([name, value]): [string, string] => {
    if (typeof value !== "string") throw refuse(`its variable ${name} must be a text`);
    return [name, value];
  });
  return { adminKey, variables: Object.fromEntries(texts) };
}

function parseFile(file: string, refuse: (reason: string) => DeveloperError): Json {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}
