import { tablesAnswer } from "./answers.ts";
import { DocumentPanel } from "./document-panel.tsx";
import { Documents } from "./documents.tsx";
import { Failed, Loading, Note } from "./parts.tsx";
import type { Place } from "./place.ts";
import { TableList } from "./table-list.tsx";
import { useAsk } from "./use-ask.ts";

const NO_ARGS = {};

/** The tables, the documents of one, and one document. */
export function DataSection({ place }: { place: Place }) {
  const asked = useAsk("tables", NO_ARGS, tablesAnswer);
  if (asked.state === "loading") return <Loading />;
  if (asked.state === "failed") return <Failed reason={asked.reason} />;
  const tables = asked.value.find(({ path }) => path === place.component)?.tables ?? [];
  const table = tables.find(({ name }) => name === place.table);
  return (
    <div className="data" data-open={place.table === null ? "tables" : "documents"}>
      <TableList components={asked.value} place={place} />
      <section className="pane" aria-label="Documents">
        {table !== undefined && <Documents key={`${place.component}:${table.name}`} table={table} place={place} />}
        {table === undefined && place.table !== null && <Note title={`There is no table ${place.table}`} />}
        {place.table === null && (
          <Note title="Choose a table">Its documents appear here, and change as they are written.</Note>
        )}
      </section>
      {place.document !== null && <DocumentPanel key={place.document} id={place.document} place={place} />}
    </div>
  );
}
