import { DeveloperError } from "../errors.ts";
import type { ComponentPath } from "../types.ts";
import type { Definition, EnvironmentBinding } from "./definitions.ts";

type Environment = (name: string) => string | undefined;

/** Variables, and the names of those that may be set. */
export type DeploymentVariables = { environment: Environment; environmentNames: () => readonly string[] };

/** One installed component; two installs of one definition are two of these. */
export type Installed = {
  path: ComponentPath;
  directory: string;
  children: ReadonlyMap<string, ComponentPath>;
  environment: Environment;
  environmentNames: () => readonly string[];
  /** Where the app's HTTP server hands over to this component, e.g. `/mail/`; null when it is not reachable. */
  httpPrefix: string | null;
};

/**
 * The app and every component below it, the app first. A component sees the variables it declares, as its parent gave
 * them, and the deployment's URLs. Throws `DeveloperError` for a required variable without a value.
 */
export function installComponents(root: Definition, variables: DeploymentVariables): Installed[] {
  const { environment } = variables;
  requireVariables(root, environment, "the app");
  return install({ definition: root, path: "", ...variables, deployment: environment, httpPrefix: "/" });
}

/** What every component is told of its deployment. */
const DEPLOYMENT_URLS = ["CONVEX_CLOUD_URL", "CONVEX_SITE_URL"];

type Install = {
  definition: Definition;
  path: ComponentPath;
  environment: Environment;
  environmentNames: () => readonly string[];
  deployment: Environment;
  httpPrefix: string | null;
};

function install({ definition, path, environment, environmentNames, deployment, httpPrefix }: Install): Installed[] {
  const childPath = (name: string): ComponentPath => (path === "" ? name : `${path}/${name}`);
  const mounts = new Map([...definition.httpMounts].map(([prefix, reference]) => [reference, prefix]));
  const below = definition.children.flatMap((child) => {
    const mount = mounts.get(`_reference/childComponent/${child.name}`);
    const prefix = mount === undefined || httpPrefix === null ? null : httpPrefix + mount.slice(1);
    const own = declaredVariables(child.definition, child.environment, environment);
    requireVariables(child.definition, own, `component ${childPath(child.name)}`);
    return install({
      definition: child.definition,
      path: childPath(child.name),
      environment: (name) => own(name) ?? deploymentUrl(name, deployment, prefix),
      environmentNames: () => [...new Set([...child.definition.variables.map(([name]) => name), ...DEPLOYMENT_URLS])],
      deployment,
      httpPrefix: prefix,
    });
  });
  const children = new Map(definition.children.map(({ name }) => [name, childPath(name)]));
  return [{ path, directory: definition.directory, children, environment, environmentNames, httpPrefix }, ...below];
}

function declaredVariables(
  definition: Definition,
  bindings: ReadonlyMap<string, EnvironmentBinding>,
  parent: Environment,
): Environment {
  const declared = new Set(definition.variables.map(([name]) => name));
  return (name) => {
    const binding = declared.has(name) ? bindings.get(name) : undefined;
    if (!binding) return undefined;
    return binding.type === "value" ? binding.value : parent(binding.name);
  };
}

function deploymentUrl(name: string, deployment: Environment, httpPrefix: string | null): string | undefined {
  if (name === "CONVEX_CLOUD_URL") return deployment(name);
  if (name !== "CONVEX_SITE_URL") return undefined;
  const site = deployment(name);
  return site === undefined || httpPrefix === null ? site : site + httpPrefix.slice(0, -1);
}

function requireVariables(definition: Definition, environment: Environment, owner: string): void {
  for (const [name, { optional }] of definition.variables) {
    if (optional === true || environment(name) !== undefined) continue;
    throw new DeveloperError(
      `Environment variable ${name} is required by the convex.config of ${owner} but its value was not set. Set it, or declare it with v.optional().`,
    );
  }
}
