import { useMemo, useState } from "react";
import { type Doc, pageAnswer, type Table } from "./answers.ts";
import { Failed, Loading, Note, Scroller } from "./parts.tsx";
import { type Place, renderPlace } from "./place.ts";
import { TableHead } from "./table-head.tsx";
import { cellText, timeText } from "./text.ts";
import { useAsk } from "./use-ask.ts";

const STEP = 50;
/** The most that is watched at a time. */
const MOST = 500;

/** The documents of a table in the order of an index, live. */
export function Documents({ table, place }: { table: Table; place: Place }) {
  const [count, setCount] = useState(STEP);
  const { component, index, order } = place;
  const args = { component, table: table.name, index, order, cursor: null, numItems: count };
  const asked = useAsk("documents", args, pageAnswer);
  return (
    <>
      <TableHead table={table} place={place} />
      {asked.state === "loading" && <Loading />}
      {asked.state === "failed" && <Failed reason={asked.reason} />}
      {asked.state === "ready" && asked.value.page.length === 0 && (
        <Note title="No documents">They appear here as soon as a function writes some.</Note>
      )}
      {asked.state === "ready" && asked.value.page.length > 0 && (
        <Scroller label={`Documents of ${table.name}`}>
          <Rows documents={asked.value.page} place={place} caption={`Documents of ${table.name}`} />
          {!asked.value.isDone && count < MOST && (
            <button type="button" className="more" onClick={() => setCount(count + STEP)}>
              Show more
            </button>
          )}
        </Scroller>
      )}
    </>
  );
}

function Rows({ documents, place, caption }: { documents: readonly Doc[]; place: Place; caption: string }) {
  const fields = useMemo(() => fieldsOf(documents), [documents]);
  return (
    <table className="rows">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {["_id", ...fields, "_creationTime"].map((field) => (
            <th key={field} scope="col">
              {field}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {documents.map((document) => (
          <Row key={String(document["_id"])} document={document} fields={fields} place={place} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ document, fields, place }: { document: Doc; fields: readonly string[]; place: Place }) {
  const id = String(document["_id"]);
  const created = document["_creationTime"];
  return (
    <tr aria-current={place.document === id ? "true" : undefined}>
      <th scope="row">
        <a
          data-row=""
          className="stretched"
          href={renderPlace({ ...place, document: id })}
          aria-label={`Document ${id}`}
        >
          {id.slice(0, 8)}…
        </a>
      </th>
      {fields.map((field) => (
        <td key={field} data-type={document[field] === null ? "null" : typeof document[field]}>
          {cellText(document[field])}
        </td>
      ))}
      <td className="time">{typeof created === "number" ? timeText(created) : ""}</td>
    </tr>
  );
}

/** Those that any of the documents has, in the order in which they come. */
function fieldsOf(documents: readonly Doc[]): string[] {
  const names = new Set(documents.flatMap((document) => Object.keys(document)));
  return [...names].filter((name) => name !== "_id" && name !== "_creationTime");
}
