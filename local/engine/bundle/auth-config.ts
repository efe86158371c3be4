import { DeveloperError } from "../errors.ts";
import { property } from "../runtime/foreign.ts";
import type { AuthProvider } from "../types.ts";
import type { Bundler } from "./bundler.ts";
import { findSpecialFile } from "./discover.ts";
import { evaluateConfig } from "./evaluate-config.ts";

type Environment = (name: string) => string | undefined;

/**
 * The providers of `auth.config`; none when the app has no such file. Throws `DeveloperError` when it reads a variable
 * that is not set, as production refuses it, or declares a provider that the engine cannot read.
 */
export async function loadAuthConfig(
  appDirectory: string,
  { bundler, environment }: { bundler: Bundler; environment: Environment },
): Promise<AuthProvider[]> {
  const file = findSpecialFile(appDirectory, "auth.config");
  if (!file) return [];
  const modules = [{ path: "auth", file }];
  const { compiled } = await bundler.compile({ appDirectory, modules, runtime: "isolate", filename: `auth:${file}` });
  const exports = evaluateConfig(compiled, (name) => requireVariable(name, environment));
  const providers = property(property(property(exports, "auth"), "default"), "providers");
  if (!Array.isArray(providers)) throw new DeveloperError(`${file}: the default export must be { providers: [...] }.`);
  return providers.map((provider) => parseProvider(provider, file));
}

function requireVariable(name: string, environment: Environment): string {
  const value = environment(name);
  if (value !== undefined) return value;
  throw new DeveloperError(
    `Environment variable ${name} is used in auth config file but its value was not set. Set it where the engine is started.`,
  );
}

function parseProvider(provider: unknown, file: string): AuthProvider {
  const required = (key: string): string => {
    const value = property(provider, key);
    if (typeof value === "string" && value !== "") return value;
    throw new DeveloperError(`${file}: a provider lacks ${key}, or it is not text.`);
  };
  const type = property(provider, "type") ?? "oidc";
  if (type === "oidc") return { type, domain: required("domain"), applicationID: required("applicationID") };
  if (type !== "customJwt") throw new DeveloperError(`${file}: unknown provider type ${JSON.stringify(type)}.`);
  const algorithm = required("algorithm");
  if (algorithm !== "RS256" && algorithm !== "ES256") {
    throw new DeveloperError(`${file}: algorithm must be RS256 or ES256, not ${algorithm}.`);
  }
  const parsed: AuthProvider = { type, issuer: required("issuer"), jwks: required("jwks"), algorithm };
  if (property(provider, "applicationID") !== undefined) parsed.applicationID = required("applicationID");
  return parsed;
}
