import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./page.css";
import { followTheme } from "./theme.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no place for the inspector");
followTheme();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
