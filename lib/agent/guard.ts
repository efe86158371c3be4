// What stops a turn before anything is understood: nothing to answer, an opted-out lead, another machine, closed doors.
import { isOpen, nextOpening } from "../domain/working-hours.ts";
import { agentTurns, type Gathered } from "./gather.ts";
import { fold } from "./offline/text.ts";
import type { SilenceReason, TurnInput } from "./types.ts";

/** `pause` stops the agent in this conversation; `waitUntil` (epoch ms) asks for the same turn later. */
export type Stop = { reason: SilenceReason; pause: boolean; waitUntil: number | null };

const MINUTE_MS = 60_000;
/** Shorter texts ("ok", "sim") are said again by people too. */
const SHORTEST_ECHO = 12;
const SAME_TEXT_TIMES = 3;
const AUTOMATIC =
  /(?:mensagem automatica|resposta automatica|atendimento automatico|fora do (?:escritorio|horario de atendimento)|ausencia temporaria|automatic (?:reply|response)|auto-?reply|automated (?:message|response|reply)|out of (?:the )?office|do not reply to this|nao responda (?:a )?est[ae] (?:mensagem|e-?mail)|digite \d para|escolha uma (?:das )?opc|press \d (?:for|to)|(?:retornaremos|responderemos|entraremos em contato|retornamos|responderei|retornarei)(?: \S+){0,5} (?:assim que|em breve|o mais|logo|no (?:proximo )?horario|na (?:segunda|proxima)|dentro de|em ate)|assim que possivel (?:retorn|respond|entrar)\w+|(?:fora do|encerramos o|nosso) (?:horario|expediente)[^?]{0,40}(?:retorn|respond|volt)\w+|(?:estou|estamos) de (?:ferias|licenca|recesso)[^?]{0,40}(?:volto|voltamos|retorn\w+)|(?:em breve|logo|ja) (?:um |uma )?(?:atendente|consultor[a]?|especialista|membro)[^?]{0,30}(?:falara|atendera|respondera|entrara|ira)|obrigad[oa] por (?:entrar em contato|sua mensagem|seu contato)[^?]{0,60}(?:com a|retorn|respond|atend|breve)|bem-?vind[oa] (?:a|ao|a nossa)\b[^?]{0,60}(?:atend|digite|escolha|breve)|nao estamos (?:disponiveis|atendendo)|nosso (?:horario de atendimento|expediente) (?:e|vai|encerrou|ja)|(?:escritorio|atendimento|loja) (?:esta |encontra-?se |ja )?(?:fechad[oa]|encerrad[oa])|(?:our|the) (?:offices?|store|shop|team|lines) (?:is|are) (?:now |currently )?(?:closed|away|unavailable|offline)|(?:we|i)(?:'re| are|'m| am) (?:currently |now )?(?:closed|away from|unavailable|out of|on annual leave|on holiday|on leave|unable to (?:respond|reply|take))|thank(?:s| you) for (?:your (?:message|email|enquiry|inquiry)|contacting|reaching out|getting in touch)[^?]{0,120}(?:get back|respond|reply|be in touch|return)|(?:someone|a member of (?:our|the) team) will (?:respond|reply|get back|be in touch)|within (?:\d+|one|two|three) (?:business|working) (?:days?|hours?))/;

export function guard(input: TurnInput, gathered: Gathered): Stop | null {
  const newest = gathered.fresh.at(-1);
  if (!newest) return stop("nothing_new");
  if (input.state.outcome === "opted_out") return stop("opted_out");
  if (gathered.fresh.every((message) => message.kind === "sticker")) return stop("nothing_new");
  const loop = findLoop(input, gathered);
  if (loop) return { reason: loop, pause: true, waitUntil: null };
  return waitForOpening(input);
}

function findLoop(input: TurnInput, gathered: Gathered): SilenceReason | null {
  const texts = gathered.fresh.map((message) => fold(message.text ?? "").trim());
  const isAutomatic =
    gathered.fresh.some((message) => message.isAutoReply) || texts.some((text) => AUTOMATIC.test(text));
  if (isAutomatic) return "automatic_reply";
  const said = new Set(
    agentTurns(input.messages)
      .flat()
      .map((message) => fold(message.text ?? "").trim()),
  );
  if (texts.some((text) => text.length >= SHORTEST_ECHO && said.has(text))) return "echo_of_ourselves";
  if (timesInARow(input, texts.at(-1) ?? "") >= SAME_TEXT_TIMES) return "same_text_again";
  return turnsInLastMinute(input) >= input.playbook.pacing.maxTurnsPerMinute ? "too_many_turns" : null;
}

/** How many of the lead's latest turns ended in the same text, each after an answer of ours. */
function timesInARow(input: TurnInput, text: string): number {
  if (text === "") return 0;
  let times = 0;
  let isAnswered = true;
  for (const message of input.messages.toReversed()) {
    if (message.from !== "lead") isAnswered = true;
    else if (fold(message.text ?? "").trim() !== text) return times;
    else if (isAnswered) {
      times += 1;
      isAnswered = false;
    }
  }
  return times;
}

function turnsInLastMinute(input: TurnInput): number {
  return agentTurns(input.messages).filter((turn) => turn.some((message) => message.at > input.now - MINUTE_MS)).length;
}

function waitForOpening(input: TurnInput): Stop | null {
  const hours = input.playbook.workingHours;
  if (hours.outside !== "wait" || isOpen(hours, input.now)) return null;
  const opening = nextOpening(hours, input.now);
  return opening === null ? null : { reason: "outside_hours", pause: false, waitUntil: opening };
}

function stop(reason: SilenceReason): Stop {
  return { reason, pause: false, waitUntil: null };
}
