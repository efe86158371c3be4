/** Where one is in the inspector, as the address's fragment says it: it can be shared, and Back goes back. */
export const SECTIONS = ["data", "functions", "schedule", "logs", "live"] as const;
export type Section = (typeof SECTIONS)[number];

/** `document` is an id that is looked at, whatever the table. */
export type Place = {
  section: Section;
  component: string;
  table: string | null;
  index: string;
  order: "asc" | "desc";
  document: string | null;
};

const START: Place = {
  section: "data",
  component: "",
  table: null,
  index: "by_creation_time",
  order: "desc",
  document: null,
};

/** Reads a fragment; what it does not say is as at the start. */
export function parsePlace(fragment: string): Place {
  const [, name = "", query = ""] = /^#?\/?([^?]*)\??(.*)$/.exec(fragment) ?? [];
  const fields = new URLSearchParams(query);
  return {
    section: SECTIONS.find((section) => section === name) ?? START.section,
    component: fields.get("component") ?? START.component,
    table: fields.get("table"),
    index: fields.get("index") ?? START.index,
    order: fields.get("order") === "asc" ? "asc" : "desc",
    document: fields.get("document"),
  };
}

/** The fragment of a place, as short as it can be. */
export function renderPlace(place: Partial<Place>): string {
  const { section, ...rest } = { ...START, ...place };
  const fields = new URLSearchParams();
  for (const name of ["component", "table", "index", "order", "document"] as const) {
    const value = rest[name];
    if (value !== null && value !== START[name]) fields.set(name, value);
  }
  const query = fields.toString();
  return `#/${section}${query === "" ? "" : `?${query}`}`;
}

/** The key in a fragment that the engine printed, `#key=…`; null when there is none. */
export function keyIn(fragment: string): string | null {
  return new URLSearchParams(fragment.slice(1)).get("key");
}
