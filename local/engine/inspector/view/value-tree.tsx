import { type Place, renderPlace } from "./place.ts";
import { looksLikeId, timeText, valueText } from "./text.ts";

/** A value with everything in it. What it says is text, whatever it says: nothing of it is ever markup. */
export function ValueTree({ value, place }: { value: unknown; place: Place }) {
  if (Array.isArray(value)) {
    return value.length === 0 ? (
      <Leaf value={value} place={place} />
    ) : (
      <Fields entries={[...value.entries()]} place={place} />
    );
  }
  const isObject = value !== null && typeof value === "object" && !(value instanceof ArrayBuffer);
  if (!isObject || Object.keys(value).length === 0) return <Leaf value={value} place={place} />;
  return <Fields entries={Object.entries(value)} place={place} />;
}

function Fields({ entries, place }: { entries: readonly (readonly [string | number, unknown])[]; place: Place }) {
  return (
    <dl className="fields">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <ValueTree value={value} place={place} />
            {name === "_creationTime" && typeof value === "number" && <span className="muted"> {timeText(value)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Leaf({ value, place }: { value: unknown; place: Place }) {
  if (typeof value === "string" && looksLikeId(value) && value !== place.document) {
    return (
      <a className="value" data-type="id" href={renderPlace({ ...place, document: value })}>
        {value}
      </a>
    );
  }
  const type = value === null ? "null" : typeof value;
  return (
    <span className="value" data-type={type}>
      {typeof value === "string" ? value : valueText(value)}
    </span>
  );
}
