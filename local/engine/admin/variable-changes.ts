import { DeveloperError } from "../errors.ts";
import { HttpFailure } from "../http/answers.ts";
import { asObject } from "../json.ts";
import type { Json, JsonObject } from "../types.ts";
import type { VariableChange } from "./variables.ts";

const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const MAX_NAME_LENGTH = 256;
const MAX_VALUE_BYTES = 8192;

/** Every deployment has these, and nobody sets them. */
const BUILT_IN: readonly string[] = ["CONVEX_CLOUD_URL", "CONVEX_SITE_URL"];

/** The body of `update_environment_variables`. Throws in production's words what it may not be. */
export function parseVariableChanges({ changes }: JsonObject): VariableChange[] {
  if (!Array.isArray(changes)) throw new DeveloperError("changes must be an array");
  const parsed = changes.map(parseChange);
  const names = parsed.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw refuse("EnvVarNameNotUnique", `An environment variable with name "${twice}" already exists`);
  }
  return parsed;
}

function parseChange(change: Json): VariableChange {
  const { name, value = null } = asObject(change) ?? {};
  if (typeof name !== "string") throw new DeveloperError("Every change needs a name");
  if (typeof value !== "string" && value !== null) throw new DeveloperError(`The value of ${name} must be a string`);
  checkName(name);
  const size = Buffer.byteLength(value ?? "");
  if (size > MAX_VALUE_BYTES) {
    throw refuse(
      "EnvironmentVariableValueTooLarge",
      `The environment variable value is ${size} bytes, which is too large. (max size: ${MAX_VALUE_BYTES}`,
    );
  }
  return { name, value };
}

function checkName(name: string): void {
  if (!NAME.test(name)) {
    throw refuse(
      "EnvironmentVariableNameInvalid",
      `The environment variable name ${name} is invalid. Environment variable names must begin with a letter and may only include characters a-z, A-Z, 0-9, and underscores.`,
    );
  }
  if (name.length > MAX_NAME_LENGTH) {
    throw refuse(
      "EnvironmentVariableNameTooLong",
      `The environment variable name ${name} is too long. Environment variable names must be less than ${MAX_NAME_LENGTH}.`,
    );
  }
  if (BUILT_IN.includes(name)) {
    throw refuse(
      "EnvVarNameForbidden",
      `Environment variable with name "${name}" is built-in and cannot be overridden`,
    );
  }
}

function refuse(code: string, message: string): HttpFailure {
  return new HttpFailure(400, code, message);
}
