// Working hours in words: "segunda a sexta, 9h às 18h", "a equipe volta segunda, às 9h".
import type { Language } from "../domain/playbook-language.ts";
import { isOpen, localMinute, nextOpening, type WorkingHours } from "../domain/working-hours.ts";

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  pt: ["domingo", "segunda", "terça", "quarta", "quinta", "sexta", "sábado"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  es: ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
};

/** One entry for each run of weekdays with the same hours. */
export function describeHours(hours: WorkingHours, language: Language): string {
  const runs: { from: number; to: number; clock: string }[] = [];
  for (const opening of hours.openings.toSorted((a, b) => a.weekday - b.weekday || a.opensAtMinute - b.opensAtMinute)) {
    const clock = clockRange(opening.opensAtMinute, opening.closesAtMinute, language);
    const last = runs.at(-1);
    if (last && last.clock === clock && last.to === opening.weekday - 1) last.to = opening.weekday;
    else runs.push({ from: opening.weekday, to: opening.weekday, clock });
  }
  return runs.map((run) => `${dayRange(run.from, run.to, language)}, ${run.clock}`).join("; ");
}

/** When the team is back; null when it is there now or never opens. */
export function describeAbsence(hours: WorkingHours, at: number, language: Language): string | null {
  if (isOpen(hours, at)) return null;
  const opening = nextOpening(hours, at);
  if (opening === null) return null;
  const local = localMinute(opening, hours.timezone);
  const day = WEEKDAYS[language][local.weekday] ?? "";
  const clock = clockOf(local.minute, language);
  switch (language) {
    case "pt":
      return `Nosso time volta ${day} às ${clock}.`;
    case "en":
      return `Our team is back on ${day} at ${clock}.`;
    case "es":
      return `Nuestro equipo vuelve el ${day} a las ${clock}.`;
  }
}

function dayRange(from: number, to: number, language: Language): string {
  const first = WEEKDAYS[language][from] ?? "";
  const last = WEEKDAYS[language][to] ?? "";
  if (from === to) return first;
  return `${first} ${language === "en" ? "to" : "a"} ${last}`;
}

function clockRange(opens: number, closes: number, language: Language): string {
  const between = { pt: " às ", en: " to ", es: " a " }[language];
  return `${clockOf(opens, language)}${between}${clockOf(closes, language)}`;
}

function clockOf(minute: number, language: Language): string {
  const hour = Math.floor(minute / 60);
  const rest = String(minute % 60).padStart(2, "0");
  if (language === "pt") return rest === "00" ? `${hour}h` : `${hour}h${rest}`;
  if (language === "es") return `${hour}:${rest}`;
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}${rest === "00" ? "" : `:${rest}`}`;
  return `${clock} ${hour < 12 ? "am" : "pm"}`;
}
