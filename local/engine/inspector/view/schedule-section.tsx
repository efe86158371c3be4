import { type Cron, type Job, jobsAnswer } from "./answers.ts";
import { Failed, Loading, Note, Scroller, Tag } from "./parts.tsx";
import { cellText, functionText, scheduleText, timeText } from "./text.ts";
import { useAsk } from "./use-ask.ts";

const NO_ARGS = {};
const TONES: Readonly<Record<string, "plain" | "good" | "warn" | "bad" | "brand">> = {
  pending: "brand",
  inProgress: "warn",
  success: "good",
  failed: "bad",
};
const WORDS: Readonly<Record<string, string>> = { inProgress: "running", success: "done" };

/** What will run by itself, and what did. */
export function ScheduleSection() {
  const asked = useAsk("jobs", NO_ARGS, jobsAnswer);
  if (asked.state === "loading") return <Loading />;
  if (asked.state === "failed") return <Failed reason={asked.reason} />;
  const { jobs, crons } = asked.value;
  return (
    <div className="halves">
      <section className="pane" aria-labelledby="crons">
        <h3 id="crons" className="pane-title">
          Crons
        </h3>
        {crons.length === 0 ? <Note title="The app has no crons" /> : <Crons crons={crons} />}
      </section>
      <section className="pane" aria-labelledby="jobs">
        <h3 id="jobs" className="pane-title">
          Scheduled functions <span className="muted">the newest 100</span>
        </h3>
        {jobs.length === 0 ? <Note title="Nothing was scheduled yet" /> : <Jobs jobs={jobs} />}
      </section>
    </div>
  );
}

function Crons({ crons }: { crons: readonly Cron[] }) {
  return (
    <Scroller label="Crons">
      <table className="rows">
        <caption className="unseen">Crons</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Function</th>
            <th scope="col">Schedule</th>
            <th scope="col">Next run</th>
            <th scope="col">Last run</th>
          </tr>
        </thead>
        <tbody>
          {crons.map(({ component, identifier, name, schedule, nextTime, lastTime }) => (
            <tr key={`${component}:${identifier}`}>
              <th scope="row">{identifier}</th>
              <td>{functionText(component, name)}</td>
              <td>{scheduleText(schedule)}</td>
              <td className="time">{nextTime === null ? "–" : timeText(nextTime)}</td>
              <td className="time">{lastTime === null ? "never" : timeText(lastTime)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function Jobs({ jobs }: { jobs: readonly Job[] }) {
  return (
    <Scroller label="Scheduled functions">
      <table className="rows">
        <caption className="unseen">Scheduled functions</caption>
        <thead>
          <tr>
            <th scope="col">Function</th>
            <th scope="col">State</th>
            <th scope="col">Time</th>
            <th scope="col">Arguments</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map(({ _id, component, name, state, scheduledTime, args }) => (
            <tr key={_id}>
              <th scope="row">{functionText(component, name.replace(".js:", ":"))}</th>
              <td title={state.error}>
                <Tag tone={TONES[state.kind] ?? "plain"}>{WORDS[state.kind] ?? state.kind}</Tag>
              </td>
              <td className="time">{timeText(scheduledTime)}</td>
              <td>{cellText(args[0] ?? {})}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
