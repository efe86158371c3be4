/** Time as the emulators see it: injected, so that a test can play an hour of retries without waiting. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `task` once, `delayMs` from now; the returned function takes the appointment back. */
  schedule(delayMs: number, task: () => void): () => void;
}

/** The machine's own time. Its timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

type Appointment = { at: number; task: () => void };

/** A clock that stands still until a test moves it. Tasks run in the order of their time, ties in the order they were made. */
export class ManualClock implements Clock {
  #now: number;
  #appointments: Appointment[] = [];

  constructor(startMs = Date.UTC(2026, 0, 5, 12)) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  schedule(delayMs: number, task: () => void): () => void {
    const appointment = { at: this.#now + Math.max(0, delayMs), task };
    this.#appointments.push(appointment);
    return () => this.#drop(appointment);
  }

  /** Moves time on by `ms` and runs everything that falls due on the way, including what those tasks schedule. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      this.#drop(next);
      this.#now = next.at;
      next.task();
    }
    this.#now = end;
  }

  #nextUntil(end: number): Appointment | undefined {
    const due = this.#appointments.filter((appointment) => appointment.at <= end);
    return due.toSorted((a, b) => a.at - b.at)[0];
  }

  #drop(appointment: Appointment): void {
    this.#appointments = this.#appointments.filter((other) => other !== appointment);
  }
}
