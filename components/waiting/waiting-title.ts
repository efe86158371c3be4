/** The title of the page with the number of conversations that wait for a person before it: `(3) Inbox · Qify`. 0 takes it away. */
export function titleWith(title: string, label: string | null): string {
  const plain = title.replace(/^\(\d+\+?\)(\s+|$)/, "");
  return label === null || plain === "" ? plain : `(${label}) ${plain}`;
}

/** Those that were not there before. The first list is no news. */
export function newcomersOf<Row extends { _id: string }>(
  before: ReadonlySet<string> | null,
  rows: readonly Row[],
): Row[] {
  return before === null ? [] : rows.filter(({ _id }) => !before.has(_id));
}
