type OnePage = {
  /** Absent on plain http, where pages cannot agree: then each runs it. */
  locks: Pick<LockManager, "request"> | undefined;
  name: string;
  run: () => void;
  /** For so long no other page runs it. */
  holdMs: number;
};

/** Of the pages of one browser that ask at about the same time, the first runs it. Answers whether this one did. */
export async function runInOnePage({ locks, name, run, holdMs }: OnePage): Promise<boolean> {
  if (locks === undefined) {
    run();
    return true;
  }
  return locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    run();
    await new Promise((resolve) => setTimeout(resolve, holdMs));
    return true;
  });
}
