import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeDirectory } from "./bundle/test-directory.ts";
import { readEnvironmentFile } from "./environment-file.ts";
import { DeveloperError } from "./errors.ts";

function write(text: string): string {
  const file = join(makeDirectory({}), "environment.json");
  writeFileSync(file, text);
  return file;
}

test("the key and the variables are what the file says, whatever they are called", () => {
  const variables = { NAME: "value", EMPTY: "", constructor: "text" };
  expect(readEnvironmentFile(write(JSON.stringify({ adminKey: "local|k", variables })))).toEqual({
    adminKey: "local|k",
    variables,
  });
});

test.each([
  ["{", "JSON"],
  ["[]", "adminKey"],
  ['{"variables":{}}', "adminKey must be a text"],
  ['{"adminKey":"","variables":{}}', "not an empty one"],
  ['{"adminKey":"k"}', "variables must be an object"],
  ['{"adminKey":"k","variables":["A=1"]}', "variables must be an object"],
  ['{"adminKey":"k","variables":{"PORT":1}}', "variable PORT must be a text"],
])("%s is refused with the file and the reason", (text, reason) => {
  const file = write(text);
  const read = () => readEnvironmentFile(file);
  expect(read).toThrow(DeveloperError);
  expect(read).toThrow(`The environment file ${file} cannot be used: `);
  expect(read).toThrow(reason);
});

test("a file that is not there is refused alike", () => {
  expect(() => readEnvironmentFile("/nowhere/environment.json")).toThrow(
    /^The environment file .* cannot be used: ENOENT/,
  );
});
