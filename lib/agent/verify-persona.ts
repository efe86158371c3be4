// What the agent may never say about itself or about a booking, in canonical text (lower case, no accents).
import { phrases } from "./offline/text.ts";
import type { RejectionRule } from "./types.ts";

export const PERSONA_RULES: readonly { rule: RejectionRule; pattern: RegExp }[] = [
  {
    rule: "claims_human",
    pattern: phrases(
      "(?<!nao )sou (?:sim )?(?:um |uma )?(?:humano|humana|pessoa(?: de verdade| real)?|gente(?: de verdade)?)",
      "nao sou (?:um |uma )?(?:robo|bot|maquina|ia|inteligencia artificial|assistente virtual|sistema)",
      "(?<!not )(?:i'm|i am) (?:really |actually |totally )?(?:a |an )?(?:real |actual )?(?:human|person)",
      "(?:i'm|i am) not (?:a |an )?(?:bot|robot|machine|ai|virtual assistant|software|computer)",
      "no soy (?:un |una )?(?:robot|bot|maquina)",
      "soy (?:una )?(?:persona|humano|humana)",
    ),
  },
  {
    rule: "reveals_rules",
    pattern: phrases(
      "system ?prompt|prompt|playbook",
      "(?:minhas|as minhas) (?:instrucoes|regras)|(?:fui|sou) (?:instruid[oa]|programad[oa]|treinad[oa]) (?:para|a)",
      "(?:my|the) (?:system )?instructions|i (?:was|am|have been) (?:instructed|programmed|told) to|language model|modelo de linguagem",
      "mis instrucciones|modelo de lenguaje",
    ),
  },
  {
    rule: "claims_booking",
    pattern: phrases(
      "(?:esta|ficou|foi|ja|deixei|fica|tudo) (?:ja )?(?:agendad[oa]|marcad[oa]|confirmad[oa]|reservad[oa])",
      "(?:reuniao|demo|demonstracao|conversa|call|horario|agenda|visita) (?:agendad|marcad|confirmad|reservad)[oa]",
      "(?:acabei de|consegui|ja) (?:agendar|marcar|reservar|agendei|marquei|reservei)|(?:agendei|marquei|reservei) (?:para|a|o|sua|seu|voce)",
      "(?:enviei|mandei|segue) (?:o |um |seu )?convite",
      "(?:you're|you are|it's|it is|that's|we're|all|is|meeting|call|demo) (?:all )?(?:booked|scheduled|confirmed|set for)",
      "i(?:'ve| have)? (?:just )?(?:booked|scheduled|reserved)|(?:sent|sending) (?:you )?(?:an?|the|your) (?:calendar )?invit\\w+",
      "(?:esta|queda|quedo) (?:agendad|confirmad|reservad)[oa]",
    ),
  },
];
