import { useState, type FormEvent } from "react";

type Props = { isChecking: boolean; problem: string | null; onSubmit: (key: string) => void };

/** The door: nothing is shown to anybody without the admin key. */
export function KeyForm({ isChecking, problem, onSubmit }: Props) {
  const [key, setKey] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== "") onSubmit(key.trim());
  };
  return (
    <main className="door">
      <form className="door-form" onSubmit={submit}>
        <h1>Inspector</h1>
        <p className="muted">
          The admin key of this engine opens it. <code>npm run dev</code> prints an address that has it; an engine that
          was started by itself says where it is kept.
        </p>
        <label htmlFor="key">Admin key</label>
        <input
          id="key"
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          aria-describedby={problem === null ? undefined : "key-problem"}
          aria-invalid={problem !== null}
        />
        {problem !== null && (
          <p id="key-problem" className="problem" role="alert">
            {problem}
          </p>
        )}
        <button className="primary" type="submit" disabled={isChecking}>
          {isChecking ? "Checking…" : "Open"}
        </button>
      </form>
    </main>
  );
}
