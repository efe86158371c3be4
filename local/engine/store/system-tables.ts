/** A system table has these ordered indexes besides `by_id` and `by_creation_time`. */
type SystemTable = {
  /** Production's own where it has such a table, so that ids of files and jobs mean the same there; all are below those of user tables. */
  readonly number: number;
  readonly indexes: { readonly [name: string]: readonly string[] };
  readonly private: boolean;
};

/**
 * Tables that every component has from the start. Functions see those that are not private through `db.system`; all are
 * written by the engine alone.
 */
export const SYSTEM_TABLES: { readonly [name: string]: SystemTable } = {
  _storage: { number: 540, indexes: {}, private: false },
  _scheduled_functions: {
    number: 539,
    indexes: { by_state_and_time: ["state.kind", "scheduledTime"] },
    private: false,
  },
  /** What a scheduled job runs: {jobId, component, path}. */
  _scheduled_targets: { number: 701, indexes: { by_job: ["jobId"] }, private: true },
  _crons: { number: 531, indexes: { by_identifier: ["identifier"] }, private: true },
  /** What was changed of the variables that the engine was started with: {name, value}, null where one was taken away. */
  _environment_variables: { number: 525, indexes: { by_name: ["name"] }, private: true },
  /** What was handed in to be imported, and what became of it: {state, mode, format}. */
  _snapshot_imports: { number: 541, indexes: {}, private: true },
};

export function isSystemTable(name: string): boolean {
  return name.startsWith("_");
}

/** True for tables that functions never see, not even through `db.system`. */
export function isPrivateTable(name: string): boolean {
  return isSystemTable(name) && SYSTEM_TABLES[name]?.private !== false;
}
