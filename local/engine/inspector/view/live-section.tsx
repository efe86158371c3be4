import { useInspector } from "./inspector-context.ts";
import { Failed, Loading, Note, Scroller } from "./parts.tsx";
import { cellText, functionText } from "./text.ts";

/** Who watches what: results that are kept up to date for open pages. The inspector's own are left out. */
export function LiveSection() {
  const { value, failed } = useInspector().activity;
  if (value === null) return failed ? <Failed reason="The engine does not answer. Trying again." /> : <Loading />;
  const queries = value.queries
    .filter(({ path }) => !path.startsWith("_system/inspector"))
    .toSorted((a, b) => b.subscribers - a.subscribers || (a.path < b.path ? -1 : 1));
  return (
    <section className="pane">
      <div className="tools">
        <p>
          <strong>{value.sockets}</strong>{" "}
          <span className="muted">open {value.sockets === 1 ? "socket" : "sockets"}, this page’s included</span>
        </p>
        <p>
          <strong>{queries.length}</strong>{" "}
          <span className="muted">{queries.length === 1 ? "result" : "results"} kept up to date</span>
        </p>
      </div>
      {queries.length === 0 && <Note title="Nobody watches anything">Open the app: its live queries appear here.</Note>}
      {queries.length > 0 && (
        <Scroller label="Live queries">
          <table className="rows">
            <caption className="unseen">Live queries</caption>
            <thead>
              <tr>
                <th scope="col">Query</th>
                <th scope="col" className="number">
                  Subscribers
                </th>
                <th scope="col" className="number">
                  Ranges read
                </th>
                <th scope="col">Arguments</th>
              </tr>
            </thead>
            <tbody>
              {queries.map(({ component, path, args, subscribers, ranges }) => (
                <tr key={`${component}:${path}:${args}`}>
                  <th scope="row">{functionText(component, path)}</th>
                  <td className="number">{subscribers}</td>
                  <td className="number">{ranges}</td>
                  <td title={args}>{cellText(args)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </section>
  );
}
