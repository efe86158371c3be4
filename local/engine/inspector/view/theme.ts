/** The page wears the system's theme, and names it on its root for whoever looks. */
export function followTheme(): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const wear = () => {
    document.documentElement.className = dark.matches ? "dark" : "light";
  };
  dark.addEventListener("change", wear);
  wear();
}
