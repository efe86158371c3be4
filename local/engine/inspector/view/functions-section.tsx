import { useState } from "react";
import { functionsAnswer } from "./answers.ts";
import { type FunctionRow, listFunctionRows } from "./function-rows.ts";
import { useInspector } from "./inspector-context.ts";
import { Failed, Filter, Loading, Note, Scroller, Tag } from "./parts.tsx";
import { durationText, functionText, timeText } from "./text.ts";
import { useAsk } from "./use-ask.ts";

const NO_ARGS = {};
const COUNTS = ["Calls", "Errors", "p50", "p95"];

/** Every function with how often it was called, how long that took and how often it failed, since the engine started. */
export function FunctionsSection() {
  const [filter, setFilter] = useState("");
  const { activity } = useInspector();
  const asked = useAsk("functions", NO_ARGS, functionsAnswer);
  if (asked.state === "loading") return <Loading />;
  if (asked.state === "failed") return <Failed reason={asked.reason} />;
  const rows = listFunctionRows(asked.value.functions, activity.value?.functions ?? []);
  const shown = rows.filter(({ component, path }) => functionText(component, path).includes(filter));
  return (
    <section className="pane">
      <div className="tools">
        <Filter value={filter} onChange={setFilter} what="functions" />
        <p className="muted wide">Since the engine started; times are of each one’s newest 256 calls.</p>
      </div>
      {shown.length === 0 && <Note title="No function has this in its name" />}
      {shown.length > 0 && (
        <Scroller label="Functions">
          <table className="rows">
            <caption className="unseen">Functions and their calls</caption>
            <thead>
              <tr>
                <th scope="col">Function</th>
                <th scope="col" className="wide">
                  Kind
                </th>
                {COUNTS.map((name) => (
                  <th key={name} scope="col" className="number">
                    {name}
                  </th>
                ))}
                <th scope="col">Last call</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row key={`${row.component}:${row.path}`} row={row} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </section>
  );
}

function Row({ row: { component, path, kind, visibility, args, stat } }: { row: FunctionRow }) {
  return (
    <tr>
      <th scope="row" aria-label={functionText(component, path)}>
        <details>
          <summary data-row="">{functionText(component, path)}</summary>
          <pre className="args">{args}</pre>
        </details>
      </th>
      <td className="wide">
        {kind} {visibility === "internal" && <Tag tone="plain">internal</Tag>}
      </td>
      <td className="number">{stat?.calls.toLocaleString("en-US") ?? "–"}</td>
      <td className="number">
        {stat !== null && stat.errors > 0 ? <Tag tone="bad">{stat.errors}</Tag> : stat === null ? "–" : 0}
      </td>
      <td className="number">{stat === null ? "–" : durationText(stat.p50Ms)}</td>
      <td className="number">{stat === null ? "–" : durationText(stat.p95Ms)}</td>
      <td className="time">{stat === null ? "–" : timeText(stat.lastAt)}</td>
    </tr>
  );
}
