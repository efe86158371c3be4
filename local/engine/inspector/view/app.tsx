import { ConvexProvider } from "convex/react";
import { useEffect, useState } from "react";
import { checkKey, openClient, WrongKey } from "./engine.ts";
import { KeyForm } from "./key-form.tsx";
import { keyIn } from "./place.ts";
import { Shell } from "./shell.tsx";

/** Of the browser's tab: a copied address never has the key in it. */
const STORED = "inspector key";

/** Asks for the key, and shows the inspector once the engine takes it. */
export function App() {
  const [key, setKey] = useState(takeKey);
  const [opened, setOpened] = useState<{ key: string; client: ReturnType<typeof openClient> } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (key === null) return;
    let isCurrent = true;
    let client: ReturnType<typeof openClient> | null = null;
    checkKey(key).then(
      () => {
        if (!isCurrent) return;
        sessionStorage.setItem(STORED, key);
        client = openClient(key);
        setOpened({ key, client });
      },
      (error: unknown) => {
        if (!isCurrent) return;
        setKey(null);
        setProblem(error instanceof WrongKey ? `${error.message}.` : "The engine does not answer. Is it running?");
      },
    );
    return () => {
      isCurrent = false;
      setOpened(null);
      void client?.close();
    };
  }, [key]);

  const submit = (typed: string) => {
    setProblem(null);
    setKey(typed);
  };
  const leave = () => {
    sessionStorage.removeItem(STORED);
    setKey(null);
  };
  if (opened === null) return <KeyForm isChecking={key !== null} problem={problem} onSubmit={submit} />;
  return (
    <ConvexProvider client={opened.client}>
      <Shell adminKey={opened.key} onLeave={leave} />
    </ConvexProvider>
  );
}

/** From the address that the engine printed, out of which it is taken at once, or from earlier in this tab. */
function takeKey(): string | null {
  const given = keyIn(window.location.hash);
  if (given !== null) window.history.replaceState(null, "", window.location.pathname);
  return given ?? sessionStorage.getItem(STORED);
}
