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
import type * as agent_commit from "../agent/commit.js";
import type * as agent_control from "../agent/control.js";
import type * as agent_facts from "../agent/facts.js";
import type * as agent_jobs from "../agent/jobs.js";
import type * as agent_leadView from "../agent/leadView.js";
import type * as agent_leads from "../agent/leads.js";
import type * as agent_model from "../agent/model.js";
import type * as agent_playbooks from "../agent/playbooks.js";
import type * as agent_snapshot from "../agent/snapshot.js";
import type * as agent_tables from "../agent/tables.js";
import type * as agent_think from "../agent/think.js";
import type * as agent_traces from "../agent/traces.js";
import type * as agent_turns from "../agent/turns.js";
import type * as agent_validators from "../agent/validators.js";
import type * as connections_accountErrors from "../connections/accountErrors.js";
import type * as connections_accounts from "../connections/accounts.js";
import type * as connections_connections from "../connections/connections.js";
import type * as connections_jobs from "../connections/jobs.js";
import type * as connections_model from "../connections/model.js";
import type * as connections_secrets from "../connections/secrets.js";
import type * as connections_tables from "../connections/tables.js";
import type * as connections_webchat from "../connections/webchat.js";
import type * as connections_webhooks from "../connections/webhooks.js";
import type * as crons from "../crons.js";
import type * as functions from "../functions.js";
import type * as identity from "../identity.js";
import type * as inbox_applyChange from "../inbox/applyChange.js";
import type * as inbox_applyMessage from "../inbox/applyMessage.js";
import type * as inbox_applyStatus from "../inbox/applyStatus.js";
import type * as inbox_conversations from "../inbox/conversations.js";
import type * as inbox_deliveries from "../inbox/deliveries.js";
import type * as inbox_deliveryOutcome from "../inbox/deliveryOutcome.js";
import type * as inbox_deliverySend from "../inbox/deliverySend.js";
import type * as inbox_ingest from "../inbox/ingest.js";
import type * as inbox_jobs from "../inbox/jobs.js";
import type * as inbox_lanes from "../inbox/lanes.js";
import type * as inbox_limiter from "../inbox/limiter.js";
import type * as inbox_lookups from "../inbox/lookups.js";
import type * as inbox_media from "../inbox/media.js";
import type * as inbox_mediaFetch from "../inbox/mediaFetch.js";
import type * as inbox_messages from "../inbox/messages.js";
import type * as inbox_model from "../inbox/model.js";
import type * as inbox_outbox from "../inbox/outbox.js";
import type * as inbox_people from "../inbox/people.js";
import type * as inbox_reply from "../inbox/reply.js";
import type * as inbox_rows from "../inbox/rows.js";
import type * as inbox_signalSend from "../inbox/signalSend.js";
import type * as inbox_signals from "../inbox/signals.js";
import type * as inbox_silence from "../inbox/silence.js";
import type * as inbox_tables from "../inbox/tables.js";
import type * as inbox_target from "../inbox/target.js";
import type * as inbox_threads from "../inbox/threads.js";
import type * as inbox_typing from "../inbox/typing.js";
import type * as inbox_validators from "../inbox/validators.js";
import type * as ops_deadLetters from "../ops/deadLetters.js";
import type * as ops_jobs from "../ops/jobs.js";
import type * as ops_model from "../ops/model.js";
import type * as ops_tables from "../ops/tables.js";
import type * as organizations_clerk from "../organizations/clerk.js";
import type * as organizations_members from "../organizations/members.js";
import type * as organizations_membership from "../organizations/membership.js";
import type * as organizations_model from "../organizations/model.js";
import type * as organizations_settings from "../organizations/settings.js";
import type * as organizations_tables from "../organizations/tables.js";
import type * as organizations_validators from "../organizations/validators.js";
import type * as validators from "../validators.js";
import type * as wall from "../wall.js";
import type * as webchat_jobs from "../webchat/jobs.js";
import type * as webchat_model from "../webchat/model.js";
import type * as webchat_sessions from "../webchat/sessions.js";
import type * as webchat_tables from "../webchat/tables.js";
import type * as webchat_visitor from "../webchat/visitor.js";
import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  access: typeof access;
  "agent/commit": typeof agent_commit;
  "agent/control": typeof agent_control;
  "agent/facts": typeof agent_facts;
  "agent/jobs": typeof agent_jobs;
  "agent/leadView": typeof agent_leadView;
  "agent/leads": typeof agent_leads;
  "agent/model": typeof agent_model;
  "agent/playbooks": typeof agent_playbooks;
  "agent/snapshot": typeof agent_snapshot;
  "agent/tables": typeof agent_tables;
  "agent/think": typeof agent_think;
  "agent/traces": typeof agent_traces;
  "agent/turns": typeof agent_turns;
  "agent/validators": typeof agent_validators;
  "connections/accountErrors": typeof connections_accountErrors;
  "connections/accounts": typeof connections_accounts;
  "connections/connections": typeof connections_connections;
  "connections/jobs": typeof connections_jobs;
  "connections/model": typeof connections_model;
  "connections/secrets": typeof connections_secrets;
  "connections/tables": typeof connections_tables;
  "connections/webchat": typeof connections_webchat;
  "connections/webhooks": typeof connections_webhooks;
  crons: typeof crons;
  functions: typeof functions;
  identity: typeof identity;
  "inbox/applyChange": typeof inbox_applyChange;
  "inbox/applyMessage": typeof inbox_applyMessage;
  "inbox/applyStatus": typeof inbox_applyStatus;
  "inbox/conversations": typeof inbox_conversations;
  "inbox/deliveries": typeof inbox_deliveries;
  "inbox/deliveryOutcome": typeof inbox_deliveryOutcome;
  "inbox/deliverySend": typeof inbox_deliverySend;
  "inbox/ingest": typeof inbox_ingest;
  "inbox/jobs": typeof inbox_jobs;
  "inbox/lanes": typeof inbox_lanes;
  "inbox/limiter": typeof inbox_limiter;
  "inbox/lookups": typeof inbox_lookups;
  "inbox/media": typeof inbox_media;
  "inbox/mediaFetch": typeof inbox_mediaFetch;
  "inbox/messages": typeof inbox_messages;
  "inbox/model": typeof inbox_model;
  "inbox/outbox": typeof inbox_outbox;
  "inbox/people": typeof inbox_people;
  "inbox/reply": typeof inbox_reply;
  "inbox/rows": typeof inbox_rows;
  "inbox/signalSend": typeof inbox_signalSend;
  "inbox/signals": typeof inbox_signals;
  "inbox/silence": typeof inbox_silence;
  "inbox/tables": typeof inbox_tables;
  "inbox/target": typeof inbox_target;
  "inbox/threads": typeof inbox_threads;
  "inbox/typing": typeof inbox_typing;
  "inbox/validators": typeof inbox_validators;
  "ops/deadLetters": typeof ops_deadLetters;
  "ops/jobs": typeof ops_jobs;
  "ops/model": typeof ops_model;
  "ops/tables": typeof ops_tables;
  "organizations/clerk": typeof organizations_clerk;
  "organizations/members": typeof organizations_members;
  "organizations/membership": typeof organizations_membership;
  "organizations/model": typeof organizations_model;
  "organizations/settings": typeof organizations_settings;
  "organizations/tables": typeof organizations_tables;
  "organizations/validators": typeof organizations_validators;
  validators: typeof validators;
  wall: typeof wall;
  "webchat/jobs": typeof webchat_jobs;
  "webchat/model": typeof webchat_model;
  "webchat/sessions": typeof webchat_sessions;
  "webchat/tables": typeof webchat_tables;
  "webchat/visitor": typeof webchat_visitor;
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

export declare const components: {
  rateLimiter: import("@convex-dev/rate-limiter/_generated/component.js").ComponentApi<"rateLimiter">;
};
