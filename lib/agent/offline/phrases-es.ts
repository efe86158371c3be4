// How the agent talks in Spanish: what a template needs to say when a lead writes in it.
import type { Phrases } from "./phrase-book.ts";

export const PHRASES_ES: Phrases = {
  hello: (name) => (name === null ? ["¡Hola!"] : [`¡Hola, ${name}!`]),
  introduction: (agent, company) => [`Soy ${agent}, la asistente virtual de ${company}. 😊`],
  heard: {
    name: (value) => [`¡Mucho gusto, ${value}!`],
    problem: () => ["Entiendo, eso desgasta a cualquier equipo."],
    implication: () => ["Claro, eso pesa a fin de mes."],
    desiredOutcome: () => ["Tiene todo el sentido."],
  },
  heardAnything: ["Entiendo.", "Perfecto."],
  noPressure: ["No hay problema."],
  askAgain: ["Lo pregunto de otra manera:"],
  from: "desde",
  period: { once: "", month: " por mes", year: " por año" },
  prices: (lines) => [`Claro, estos son los precios:\n${lines.join("\n")}`],
  priceByTeam: ["El precio depende de cada empresa; nuestro equipo prepara la propuesta sin compromiso."],
  offerByTeam: ["¡Claro! Cuénteme un poco de su caso y el equipo le explica qué le conviene."],
  noDiscount: ["No puedo prometer un descuento, pero lo dejo anotado para el equipo."],
  identity: (agent, company) => [`Soy ${agent}, la asistente virtual de ${company}: un sistema, no una persona.`],
  privacy: (company) => [
    `Su contacto llegó con la conversación que usted abrió con ${company}. Para no recibir más mensajes, responda BAJA.`,
  ],
  hours: (hours) => [`Nuestro equipo atiende ${hours}.`],
  link: (url) => [`Aquí está: ${url}`],
  unknown: ["Eso no lo tengo confirmado aquí; lo dejo anotado para que el equipo le responda."],
  objection: {
    has_vendor: ["Qué bueno que ya tienen algo. Muchos hablan con nosotros solo para comparar."],
    no_budget: ["Lo entiendo. Antes de hablar de inversión, prefiero ver si tiene sentido para ustedes."],
    no_time: ["Sin prisa, responda cuando pueda."],
    must_think: ["Claro, sin presión."],
    not_decision_maker: ["No hay problema, podemos incluir a esa persona más adelante."],
    too_expensive: ["Entiendo. Lo que más pesa suele ser lo que cuesta el problema hoy."],
    no_need: ["Qué bueno que funciona."],
  },
  askForTime: {
    1: ["Por lo que me cuenta, vale la pena hablar con un especialista. ¿Qué día y horario le quedan bien?"],
    2: ["¡Perfecto! ¿Me dice un día y un horario que le queden bien?"],
  },
  optedOut: ["Listo, no le enviaré más mensajes. Gracias por avisar."],
  boundary: ["Entiendo su molestia y quiero ayudar. Solo pido que conversemos con respeto."],
  askForText: {
    audio: ["Recibí su audio, pero todavía no puedo escucharlo. ¿Me lo puede escribir, por favor?"],
    other: ["Recibí su archivo, pero todavía no puedo abrirlo. ¿Me lo puede contar por escrito?"],
  },
  handOff: {
    person: ["¡Claro! Paso su conversación a una persona del equipo, que sigue con usted por aquí."],
    meeting: (time) =>
      time === null
        ? ["¡Perfecto! El equipo le escribe por aquí para acordar el horario."]
        : [`¡Perfecto! Anoté su preferencia: ${time}. El equipo la confirma con usted por aquí.`],
    customer: ["Gracias por avisar. Lo paso al equipo que atiende a nuestros clientes."],
    unanswered: ["Prefiero que el equipo le responda con precisión. Ya llamo a una persona para que siga con usted."],
    media: ["Como todavía no puedo abrir este tipo de mensaje, llamo a una persona del equipo."],
    language: (company) => [
      `¡Hola! Gracias por escribir a ${company}. Todavía no atiendo bien en español, así que paso su mensaje a una persona del equipo, que sigue con usted por aquí.`,
    ],
    missing: ["¡Gracias por todo lo que me contó! Lo paso a un especialista del equipo, que sigue con usted por aquí."],
  },
  close: {
    stranger: [
      "¡Gracias por escribir! Por este canal solo puedo hablar de nuestras soluciones. ¡Que le vaya muy bien!",
    ],
    unfit: [
      "Gracias por su sinceridad. Por ahora no parecemos la mejor opción para ustedes; si algo cambia, escríbanos.",
    ],
    later: ["Sin problema. Cuando sea un buen momento, escríbame por aquí."],
    declined: ["Está bien, gracias por responder. ¡Que le vaya muy bien!"],
  },
};
