import { useId } from "react";
import type { Table } from "./answers.ts";
import { type Place, renderPlace } from "./place.ts";

/** What a table is: its indexes, by which its documents can be looked through, and what its documents must be. */
export function TableHead({ table, place }: { table: Table; place: Place }) {
  const id = useId();
  const go = (changed: Partial<Place>) => {
    window.location.hash = renderPlace({ ...place, ...changed });
  };
  const ordered = table.indexes.filter(({ kind }) => kind === "ordered");
  return (
    <div className="table-head">
      <a className="back" href={renderPlace({})}>
        ‹ Tables
      </a>
      <h3>{table.name}</h3>
      <label htmlFor={id} className="unseen">
        Order by index
      </label>
      <select id={id} value={place.index} onChange={(event) => go({ index: event.target.value })}>
        {ordered.map(({ name, fields }) => (
          <option key={name} value={name}>
            {name} ({fields.filter((field) => field !== "_id" && field !== "_creationTime").join(", ") || fields[0]})
          </option>
        ))}
      </select>
      <button type="button" onClick={() => go({ order: place.order === "asc" ? "desc" : "asc" })}>
        {place.order === "asc" ? "Ascending" : "Descending"}
      </button>
      <details className="schema">
        <summary>Schema and indexes</summary>
        <div className="schema-body">
          <h4>Documents</h4>
          <pre>{table.validator ?? "Anything: the schema does not say."}</pre>
          <h4>Indexes</h4>
          <ul>
            {table.indexes.map(({ name, kind, fields }) => (
              <li key={name}>
                <code>{name}</code> <span className="muted">{`${kind} on ${fields.join(", ")}`}</span>
              </li>
            ))}
          </ul>
          <p className="muted">Table number {table.number}</p>
        </div>
      </details>
    </div>
  );
}
