// People who write to a seller and will never buy: they meant somebody else, study, fish for secrets, or have no business.
import type { PlaybookContent } from "../../domain/playbook.ts";
import type { IntentKind } from "../types.ts";
import { type CanonicalText, fold, phrases } from "./text.ts";

const COMPANY_PT = "(?:empresa|negocio|loja|firma|comercio|cnpj|estabelecimento|empreendimento|mei)";
const STUDIES_PT =
  "(?:trabalho (?:escolar|academico|de conclusao|d[ao] (?:minha )?(?:escola|faculdade|facul|universidade|curso|colegio|pos))|tcc|monografia|dissertacao|doutorado|mestrado|artigo (?:cientifico|academico)|iniciacao cientifica|(?:pesquisa|projeto|estudo|questionario|entrevista) (?:academic[oa]|escolar|cientific[oa]|de campo|d[ao] (?:faculdade|facul|universidade|escola|curso|mestrado|doutorado)|para (?:a |o )?(?:faculdade|facul|universidade|escola|mestrado|doutorado|tcc)))";
const DATA_PT =
  "(?:lista|dados|contatos?|telefones?|emails?|e - mails?|numeros?|nomes?|cadastros?|banco de dados|base|planilha)";
const DATA_EN = "(?:list|names|emails?|e - mails?|phone numbers|numbers|contact details|details|data|database|records)";

export const STRANGER_ACTS: readonly { kind: IntentKind; pattern: RegExp }[] = [
  {
    kind: "not_a_lead",
    pattern: phrases(
      // Meant somebody else.
      "(?:lugar|numero|contato|pessoa|whatsapp|empresa|conversa|grupo|chat|endereco|telefone|janela|destinatari[oa]) errad[oa]s?",
      "errei (?:o |de |a )?(?:numero|contato|whatsapp|conversa|pessoa|telefone|lugar|grupo)",
      "(?:me |nos )(?:enganei|confundi|equivoquei|atrapalhei)(?= ?(?:$|[.,!]| de | entao| aqui| mesmo))",
      "(?:foi |por |e |era )(?:um |puro )?(?:engano|equivoco|descuido)(?: meu)?",
      "(?:cliquei|entrei|apertei|abri|toquei|mandei|chamei|caiu|cai)(?: \\w+){0,4} (?:sem querer|por engano|por acidente|errado|a toa)",
      "foi sem querer|achei que (?:fosse|era|seria|estava falando com)(?: aqui| ai)? (?:d?[aeo]|outr[oa]|um|uma)",
      "wrong (?:place|number|person|chat|business|company|people|shop|contact|one|window)",
      "(?:meant|trying|wanted|supposed) to (?:text|message|call|reach|contact|write to|get hold of) (?:someone|somebody|my|the|a|another)",
      "(?:i )?(?:was|am|'m) (?:after|trying to reach|trying to get) (?:the |a |my )?(?:\\w+ )?(?:dentist|doctor|surgery|salon|garage|shop|restaurant|takeaway|vet|plumber|school|hotel|pharmacy|chemist)",
      "mis-?dial\\w*|mixed up (?:the |my )?(?:numbers?|contacts?)|pocket dial\\w*|texted the wrong|got (?:this |the )?number (?:off|from) (?:an old|somewhere)",
      "(?:clicked|tapped|opened|pressed|got here|ended up here)(?: \\w+){0,4} (?:by (?:mistake|accident)|accidentally|in error)|by (?:mistake|accident)|thought (?:this|you|it) (?:was|were) (?:the|a|an|my)",
      // Sells to us.
      "(?:we|i|our \\w+) (?:can |could |would like to |specialis[ez]e in )?(?:provide|offer|sell|supply|build|design|help|work with|specialis[ez]e)(?: \\w+){0,8}? (?:companies|businesses|brands|firms|teams|agencies|organisations|organizations|people) like (?:yours|you)",
      "(?:get|put|rank|bring) (?:you|your \\w+)(?: \\w+){0,3}? (?:page one|first page|the top|google|more traffic|more followers)|(?:boost|grow|improve|increase) your (?:traffic|ranking|seo|followers|website|online presence|google)",
      "(?:partnership|collab\\w*|sponsorship|guest post|link exchange) (?:opportunity|proposal|request|enquiry)|(?:pitch|introduce|present) (?:you )?(?:our|my) (?:\\w+ ){0,2}?(?:services?|company|products?|agency|solution)",
      "(?:proposta|oportunidade|convite) (?:\\w+ )?de (?:parceria|permuta|patrocinio|divulgacao|publi\\w*|investimento|franquia|revenda)|(?:permuta|publi) (?:com|para) (?:voces|a marca)",
      "(?:ofereco|oferecemos|vendo|vendemos|forneco|fornecemos|trabalhamos com|trabalho com|faco|fazemos)(?: \\S+){0,8}? (?:para (?:a )?(?:sua|tua) empresa|para (?:a empresa de )?voces|para empresas (?:como|que nem) (?:a )?(?:sua|voces|a de voces)|de voces)",
      // Studies.
      STUDIES_PT,
      "(?:sou|somos) (?:um |uma )?(?:estudantes?|alun[oa]s?|universitari[oa]s?|academic[oa]s? de|pesquisador(?:a|es)?)",
      "(?:faco|curso|estudo|estou (?:cursando|estudando|fazendo)|to (?:cursando|fazendo)) (?:faculdade|graduacao|mestrado|doutorado|administracao|marketing|engenharia|publicidade|jornalismo|psicologia|ads|sistemas de informacao|o \\d+ (?:ano|periodo|semestre)) (?:na|no|em|de|pela|e preciso|,)",
      "(?:my|our|a|for) (?:\\w+ ){0,2}?(?:dissertation|thesis|coursework|homework|school project|class project|uni project|university project|assignment)",
      "(?:phd|masters?|university|college|school|uni|mba|undergrad(?:uate)?|graduate) (?:student|project|assignment|research|essay|study|researcher)",
      "(?:i'm|i am|we're|we are) (?:just |only )?(?:a |an )?(?:\\w+ ){0,2}?(?:student|students|researcher|pupil|academic)",
      "(?:purely |strictly |it's )?academic(?: (?:research|study|purposes|interest|project))|(?:purely|strictly) academic|(?:academic|market) (?:survey|study)|student (?:at|doing|researching|survey)|journalist (?:at|from|with|writing)",
      // No business to sell to.
      `(?:nao|nem|nunca) (?:\\w+ ){0,2}?(?:tenho|temos|possuo|tinha|tive|sou dono de|sou) (?:\\w+ ){0,2}?${COMPANY_PT}(?! (?:grande|estruturad|organizad|formad|de porte|muito))`,
      `nem ${COMPANY_PT} (?:eu )?(?:tenho|possuo|sou|tem)`,
      "(?:sou|estou) (?:so |apenas |aqui |um |uma )*(?:pessoa fisica|consumidor[a]?|aposentad[oa]|desempregad[oa]|dona de casa|clt)(?= ?(?:$|[.,!]))",
      "(?:fechei|encerrei|vendi|faliu|quebrou|fechamos|encerramos) (?:as portas|a empresa|a loja|o negocio|a firma|as atividades)",
      "(?:don't|do not|haven't|no longer|never|didn't) (?:\\w+ ){0,2}?(?:have|own|run|got|had|started) (?:a |an |any |my own )?(?:company|business|shop|firm|store)(?= ?(?:$|[.,!]| at all| myself| of my own| mate| any ?more))",
      "(?:closed|shut|sold|wound up) (?:the |my |our )?(?:business|company|shop|doors)|not a business(?: owner)?|(?:i'm|i am) (?:just |only )?(?:a )?(?:retired|unemployed|a pensioner|private individual|consumer|member of the public)",
    ),
  },
  {
    kind: "instructs_agent",
    pattern: phrases(
      `(?:manda|mande|mandar|envia|envie|enviar|passa|passe|passar|mostra|mostre|mostrar|libera|da|de|fornece|forneca|compartilha|quero|queria|preciso d?|exporta|lista|liste|revela|copia|cola|me)(?: (?:ai|logo|aqui|me|para mim|a|o|os|as|de|uma?|toda|todos))* ${DATA_PT} (?:\\w+ ){0,2}?d[aeo]s? (?:\\w+ ){0,2}?(?:clientes|leads|usuarios|funcionarios|outras empresas|cadastrados)(?: (?:de voces|da empresa|seus|dai|que voces \\w+))?`,
      "(?:dados|telefone|contato|numero|nome|conversa)s? (?:de|do|da|dos|das) (?:outr[oa]s? )?(?:clientes?|leads?) (?:de voces|seus|dai)",
      "(?:com )?(?:qual|que|quais) (?:e |sao )?(?:o |os |as )?(?:seu |seus |suas |teu )?(?:comandos?|prompts?|instruc\\w+|modelo de (?:ia|linguagem)|llm|gpt|codigo|tokens?)(?: (?:de sistema|voce|foi|te|usa|inicial))*",
      "(?:como|por quem|quem|com que \\w+|o que) (?:e que )?(?:voce|te|vc) (?:foi )?(?:programad[oa]|treinad[oa]|configurad[oa]|programou|programaram|treinou|configurou|instruiu|instruiram)",
      "(?:api key|chave (?:de|da) api|codigo[ -]?fonte|source code|senha (?:do|de) (?:admin|sistema|banco|root)|admin password|system message|hidden (?:rules|instructions|prompt)|initial (?:prompt|instructions))",
      `(?:send|give|show|share|export|list|tell|get|need|want|dump|print)(?: (?:me|us|over|a|the|your|all|full|complete|of))* ${DATA_EN} (?:of|for|from) (?:\\w+ ){0,3}?(?:customers|clients|users|leads|prospects|people)`,
      `(?:your|other) (?:customers?|clients?|users?|leads?)(?: ?')? ?(?:s )?(?:${DATA_EN})`,
      "(?:what|which) (?:\\w+ )?(?:prompt|instructions|llm|language model|ai model|gpt|system prompt) (?:\\w+ ){0,3}?(?:you|u|your)|(?:what|which) (?:llm|model|gpt) (?:is this|are you)|how (?:were|are) you (?:programmed|trained|prompted|configured)|who (?:programmed|trained|built) you",
      "\\[ ?(?:system|sistema|admin|inst|instruction|instruc\\w+|assistant|assistente|developer|root|override|nota interna|internal)",
      "< ?\\/? ?(?:system|sistema|admin|instruction|instrucao|assistant|prompt|im_start|inst)",
      "(?:^|[.!\\n] )(?:system|sistema|admin|assistant|assistente|developer|user|root) ?(?:override|note|update|alert|nota|aviso|mensagem|message|prompt)? ?:",
      "(?:aprove|aprova|aplique|aplica|conceda|libere|approve|apply|grant|authori[sz]e) (?:\\w+ ){0,3}?(?:desconto|discount|acesso|access|credito|credit|plano gratis|free plan|100 ?%|90 ?%)",
      "(?:marque|marca|classifique|registre|considere|mark|flag|set|tag|classify|register) (?:\\w+ ){0,4}?(?:lead|score|pontuacao|qualificad[oa]|qualified|nota maxima|100 points)",
      "(?:nova|novas|new) (?:instruc\\w+|diretriz\\w*|ordem|ordens|instructions?|directive) ?:|end of (?:conversation|prompt|instructions)|fim d[ao]s? (?:instruc\\w+|conversa|prompt)",
    ),
  },
];

const BUSINESS =
  "(farmacia|drogaria|padaria|pizzaria|lanchonete|hamburgueria|restaurante|churrascaria|mercado|mercadinho|supermercado|acougue|salao|barbearia|clinica|consultorio|laboratorio|hospital|posto|creche|escola|colegio|academia|oficina|borracharia|auto ?eletrica|lava ?jato|imobiliaria|hotel|pousada|cartorio|banco|loterica|otica|floricultura|petshop|pet shop|veterinari\\w+|dentista|medic[oa]|doutor[a]?|encanador|eletricista|pedreiro|diarista|manicure|costureira|chaveiro|guincho|taxi|motoboy|gas|agua|marmitaria|marmitex|deposito|papelaria|grafica|sorveteria|confeitaria|doceria|funeraria|igreja|paroquia|correios|transportadora|rodoviaria|sindico|portaria|condominio|prefeitura|upa|detran|pharmacy|chemist|dental|dentist|surgery|doctor|gp|clinic|hospital|salon|hairdresser|barber|garage|takeaway|pizza|restaurant|hotel|school|nursery|vets?|plumber|electrician|locksmith|taxi|cab|bakery|butcher|florist|gym|library|bank|council|church|post office|car wash|estate agent|landlord|nail bar|tattoo)";
const ASKS_FOR_ANOTHER = phrases(
  `(?:e|aqui e|ai e|seria|esse (?:numero|whatsapp|contato|telefone)(?: ai)? e|esse e o (?:numero|whatsapp|contato)|falo com|estou falando com|to falando com|sera que e)(?: ai| ainda)? (?:d?[aeo]s? |n[ao] |com (?:o |a )?)?(?:seu |dona |dr |dra )?(?:\\w+ )?${BUSINESS}`,
  `(?:is (?:this|that|it)|am i (?:through to|speaking (?:to|with)|talking to)|have i reached|do i have|are you|did i reach|is this still)(?: the number (?:for|of))? (?:the |a )?(?:\\w+ ){0,2}?${BUSINESS}`,
);
const CONSUMER_WISH = phrases(
  "(?:tem|teria|voces tem|tem como|queria|quero|gostaria(?: de)?|preciso(?: de)?|posso|da para|marca|marcar|agendar|reservar|pedir|e para|ver|fazer|quanto (?:e|custa|fica|sai)(?: [ao])?|horario para|vaga para|entrega[mr]?)(?: (?:\\w+ ){0,4}?)?(cortar (?:o )?cabelo|corte(?: de cabelo)?(?: e barba)?|cortar a barba|barba|fazer (?:a |as |o )?(?:unhas?|pe e mao|sobrancelha|barba|cabelo)|(?:uma |a )?mesa (?:para|de) (?:\\d|duas|dois|tres|quatro|hoje|o jantar)\\w*|pizzas?|marmitas?|marmitex|botij(?:ao|oes)|gas|galao|agua mineral|exame de \\w+|consulta com|passagens?|quarto para|diaria|alugar (?:um |uma )?(?:casa|apartamento|carro|quarto|kitnet|ap)|encanador|eletricista|pedreiro|faxina|diarista|conserto (?:de|da|do)|consertar (?:meu|minha|o|a)|banho e tosa|banho no (?:meu )?\\w+|cardapio|ingressos?|convites?|receita medica|dipirona|remedio|bolo de (?:aniversario|casamento)|troca de oleo|pneu)(?![a-z])",
  "(?:can i|could i|i'd like to|i want to|i need to|looking to|do you have|do you do|how much (?:is|for)|need) (?:\\w+ ){0,4}?(haircut|hair cut|nails done|table for \\w+|pizza|takeaway|appointment (?:with|for) (?:my|the|dr|a)|(?:my )?(?:boiler|car|phone|laptop|washing machine) (?:fixed|repaired|serviced)|room for|rent (?:a )?(?:flat|room|car|house)|plumber|electrician|prescription|tooth|check ?-? ?up|menu|tickets?|birthday cake|lift to|cab to|taxi to)(?![a-z])",
);

/** "We deliver gas" is no wish for gas. */
const OWN_TRADE =
  /(?<![a-z])(?:somos|fazemos|vendemos|vendo|entregamos|alugamos|produzimos|fabricamos|distribuimos|oferecemos|fornecemos|trabalh(?:o|amos) com|(?:minha|nossa) (?:empresa|loja|equipe)|(?:meu|nosso) (?:negocio|time)|we (?:sell|make|run|deliver|offer|rent|fix|do|supply)|we're|our (?:company|shop|business|team))(?![a-z])/;

/** Words that ask for a trade or a service which the playbook's offer does not name: the lead took us for somebody else. */
export function readStrangerWish(
  canon: CanonicalText,
  playbook: PlaybookContent,
): { start: number; end: number } | null {
  const offer = fold(JSON.stringify([playbook.company.name, playbook.offer, playbook.faq, playbook.prices]));
  for (const pattern of [ASKS_FOR_ANOTHER, CONSUMER_WISH]) {
    for (const match of canon.text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      const sentence = canon.sentences().find((part) => part.start <= match.index && match.index < part.end);
      const trade = (match.slice(1).find((part) => part !== undefined) ?? "").split(" ")[0] ?? "";
      const isOwnTrade = sentence !== undefined && OWN_TRADE.test(canon.text.slice(sentence.start, end));
      const isAsked = (pattern === CONSUMER_WISH && !isOwnTrade) || sentence?.isQuestion === true;
      if (isAsked && !offer.includes(trade.slice(0, 5))) return { start: match.index, end };
    }
  }
  return null;
}
