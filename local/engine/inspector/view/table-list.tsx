import { useState } from "react";
import type { ComponentTables } from "./answers.ts";
import { useInspector } from "./inspector-context.ts";
import { Filter, Note } from "./parts.tsx";
import { type Place, renderPlace } from "./place.ts";

export function TableList({ components, place }: { components: readonly ComponentTables[]; place: Place }) {
  const [filter, setFilter] = useState("");
  const shown = components
    .map(({ path, tables }) => ({ path, tables: tables.filter(({ name }) => name.includes(filter)) }))
    .filter(({ tables }) => tables.length > 0);
  return (
    <nav className="tables" aria-label="Tables">
      <Filter value={filter} onChange={setFilter} what="tables" />
      {shown.length === 0 && <Note title="No table has this in its name" />}
      {shown.map(({ path, tables }) => (
        <section key={path}>
          <h3 className="group">{path === "" ? "App" : path}</h3>
          <ul>
            {tables.map(({ name }) => (
              <TableLink
                key={name}
                component={path}
                name={name}
                isCurrent={place.component === path && place.table === name}
              />
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function TableLink({ component, name, isCurrent }: { component: string; name: string; isCurrent: boolean }) {
  const { activity } = useInspector();
  const count = activity.value?.counts.find((one) => one.component === component && one.table === name)?.count;
  return (
    <li>
      <a data-row="" href={renderPlace({ component, table: name })} aria-current={isCurrent ? "true" : undefined}>
        <span className="name">{name}</span>
        {count !== undefined && <span className="count">{count.toLocaleString("en-US")}</span>}
      </a>
    </li>
  );
}
