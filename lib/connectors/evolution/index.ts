import type { Connector } from "../types.ts";
import { fetchMedia, lookUp, send, signal } from "./api.ts";
export { evolutionAccounts } from "./instances.ts";
import { manifest } from "./manifest.ts";
import { parse } from "./parse.ts";
import { redactBody } from "./redact.ts";
import { render } from "./render.ts";
import { verify } from "./verify.ts";

export const evolution: Connector = {
  manifest,
  verify,
  parse,
  redact: redactBody,
  render,
  send,
  signal,
  fetchMedia,
  lookUp,
};
