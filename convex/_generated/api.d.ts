/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as access from "../access.js";
import type * as agent_model from "../agent/model.js";
import type * as agent_tables from "../agent/tables.js";
import type * as functions from "../functions.js";
import type * as identity from "../identity.js";
import type * as ops_model from "../ops/model.js";
import type * as ops_tables from "../ops/tables.js";
import type * as organizations_clerk from "../organizations/clerk.js";
import type * as organizations_members from "../organizations/members.js";
import type * as organizations_model from "../organizations/model.js";
import type * as organizations_settings from "../organizations/settings.js";
import type * as organizations_tables from "../organizations/tables.js";
import type * as organizations_validators from "../organizations/validators.js";
import type * as wall from "../wall.js";
import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  access: typeof access;
  "agent/model": typeof agent_model;
  "agent/tables": typeof agent_tables;
  functions: typeof functions;
  identity: typeof identity;
  "ops/model": typeof ops_model;
  "ops/tables": typeof ops_tables;
  "organizations/clerk": typeof organizations_clerk;
  "organizations/members": typeof organizations_members;
  "organizations/model": typeof organizations_model;
  "organizations/settings": typeof organizations_settings;
  "organizations/tables": typeof organizations_tables;
  "organizations/validators": typeof organizations_validators;
  wall: typeof wall;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {};
