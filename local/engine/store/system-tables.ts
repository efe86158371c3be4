/** A system table has these ordered indexes besides `by_id` and `by_creation_time`. */
type SystemTable = { readonly indexes: { readonly [name: string]: readonly string[] }; readonly private: boolean };

/**
 * Tables that every component has from the start. Functions see those that are not private through `db.system`; all are
 * written by the engine alone.
 */
export const SYSTEM_TABLES: { readonly [name: string]: SystemTable } = {
  _storage: { indexes: {}, private: false },
  _scheduled_functions: { indexes: { by_state_and_time: ["state.kind", "scheduledTime"] }, private: false },
  /** What a scheduled job runs: {jobId, component, path}. */
  _scheduled_targets: { indexes: { by_job: ["jobId"] }, private: true },
  _crons: { indexes: { by_identifier: ["identifier"] }, private: true },
  /** What was changed of the variables that the engine was started with: {name, value}, null where one was taken away. */
  _environment_variables: { indexes: { by_name: ["name"] }, private: true },
};

export function isSystemTable(name: string): boolean {
  return name.startsWith("_");
}

/** True for tables that functions never see, not even through `db.system`. */
export function isPrivateTable(name: string): boolean {
  return isSystemTable(name) && SYSTEM_TABLES[name]?.private !== false;
}
