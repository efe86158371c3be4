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
        <Count of={value.sockets} one="open socket, this page’s" many="open sockets, this page’s included" />
        <Count of={queries.length} one="result kept up to date" many="results kept up to date" />
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
              {queries.map(({ component, path, args, subscribers, ranges }, at) => (
                // Two people may ask the same, and have an answer each.
                <tr key={`${component}:${path}:${args}:${at}`}>
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

function Count({ of, one, many }: { of: number; one: string; many: string }) {
  return (
    <p>
      <strong>{of}</strong> <span className="muted">{of === 1 ? one : many}</span>
    </p>
  );
}
