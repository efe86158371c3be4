import { useEffect, useRef } from "react";
import { documentAnswer } from "./answers.ts";
import { Failed, Loading, Note } from "./parts.tsx";
import { type Place, renderPlace } from "./place.ts";
import { useAsk } from "./use-ask.ts";
import { ValueTree } from "./value-tree.tsx";

/** One document, whole and live, beside the others. Escape closes it. */
export function DocumentPanel({ id, place }: { id: string; place: Place }) {
  const asked = useAsk("document", { component: place.component, id }, documentAnswer);
  const closer = useRef<HTMLAnchorElement>(null);
  const elsewhere = renderPlace({ ...place, document: null });
  useEffect(() => {
    closer.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") window.location.hash = elsewhere;
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [elsewhere]);
  const found = asked.state === "ready" ? asked.value : null;
  return (
    <aside className="panel" aria-label="Document">
      <div className="panel-head">
        <div>
          <h3>{found?.table ?? "Document"}</h3>
          <p className="id">{id}</p>
        </div>
        <button type="button" className="quiet" onClick={() => void navigator.clipboard.writeText(id)}>
          Copy id
        </button>
        <a ref={closer} className="quiet" href={elsewhere} aria-keyshortcuts="Escape">
          Close
        </a>
      </div>
      {asked.state === "loading" && <Loading />}
      {asked.state === "failed" && <Failed reason={asked.reason} />}
      {asked.state === "ready" && found === null && (
        <Note title="There is no such document">It was removed, or it is in another component.</Note>
      )}
      {found !== null && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable without a mouse
        <div className="panel-body" role="region" aria-label="Fields" tabIndex={0}>
          <ValueTree value={found.document} place={place} />
        </div>
      )}
    </aside>
  );
}
