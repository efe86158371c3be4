import { useState } from "react";
import type { LogEntry } from "./answers.ts";
import { useInspector } from "./inspector-context.ts";
import { Failed, Filter, Loading, Note, Scroller, Tag } from "./parts.tsx";
import { durationText, functionText, timeText } from "./text.ts";
import { useLogs } from "./use-logs.ts";

/** What ran, newest first, with what it said and how it failed. */
export function LogsSection() {
  const { adminKey } = useInspector();
  const { entries, state } = useLogs(adminKey);
  const [filter, setFilter] = useState("");
  const [onlyErrors, setOnlyErrors] = useState(false);
  const shown = entries.filter((entry) => (!onlyErrors || entry.error !== null) && says(entry, filter));
  return (
    <section className="pane" aria-label="Logs">
      <div className="tools">
        <Filter value={filter} onChange={setFilter} what="logs" />
        <label className="check">
          <input type="checkbox" checked={onlyErrors} onChange={(event) => setOnlyErrors(event.target.checked)} />
          Errors only
        </label>
      </div>
      {state === "failed" && <Failed reason="The engine does not answer. Trying again." />}
      {state === "loading" && <Loading />}
      {state === "ready" && shown.length === 0 && (
        <Note title={entries.length === 0 ? "Nothing ran yet" : "Nothing matches"}>
          Calls from outside, scheduled functions and crons appear here when they end.
        </Note>
      )}
      {shown.length > 0 && (
        <Scroller label="Executions">
          <ol className="log">
            {shown.map((entry) => (
              <Entry key={entry.executionId} entry={entry} />
            ))}
          </ol>
        </Scroller>
      )}
    </section>
  );
}

function Entry({ entry }: { entry: LogEntry }) {
  const { udfType, componentPath, identifier, timestamp, executionTime, error, logLines } = entry;
  return (
    <li>
      <p className="log-head">
        <span className="time">{timeText(timestamp * 1000)}</span>
        <strong>{functionText(componentPath ?? "", identifier)}</strong>
        <span className="muted">{udfType.toLowerCase()}</span>
        <span className="muted">{durationText(executionTime * 1000)}</span>
        {error !== null && <Tag tone="bad">failed</Tag>}
      </p>
      {logLines.map(({ level, messages }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- the lines of one execution never change
        <pre key={at} className="log-line" data-level={level}>
          {messages.join(" ")}
        </pre>
      ))}
      {error !== null && (
        <pre className="log-line" data-level="ERROR">
          {error}
        </pre>
      )}
    </li>
  );
}

function says({ identifier, logLines, error }: LogEntry, words: string): boolean {
  const lines = logLines.flatMap(({ messages }) => messages);
  return [identifier, error ?? "", ...lines].some((text) => text.includes(words));
}
