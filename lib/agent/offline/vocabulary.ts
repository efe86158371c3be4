// Words the patterns rely on, for undoing typing slips, and the shorthand people use in chats.

const WORDS = `
obrigado obrigada preciso precisamos precisando quero queria gostaria saber quanto custa custam valor valores preco precos
mensal mensalidade orcamento proposta plano planos desconto reuniao agendar marcar horario demonstracao conversar ligar
ligacao atendente pessoa humano humana falar alguem vendedor vendedora consultor especialista empresa negocio equipe
colaboradores funcionarios pessoas vendedores corretores clientes leads vendas vender vendendo planilha planilhas caderno
sistema ferramenta ferramentas usamos utilizamos trabalhamos atendemos atender atendimento responder respondendo resposta
problema problemas dificuldade dificil demora demorando demoramos perdemos perdendo perder esquecemos esquecer controle
bagunca retrabalho prejuizo concorrente concorrencia dinheiro tempo faturamento meta metas resultado resultados
organizar organizado automatizar crescer aumentar dobrar melhorar ideal decisao decido decide decides decidir socio socia diretor
diretora gerente coordenador coordenadora supervisor supervisora analista assistente estagiario estagiaria fundador
fundadora proprietario proprietaria segmento clinica imobiliaria construtora escritorio advocacia contabilidade escola
academia restaurante industria transportadora logistica consultoria agencia farmacia mercado supermercado semana amanha
segunda terca quarta quinta sexta sabado domingo manha tarde noite hoje agora urgente pressa janeiro fevereiro marco abril
maio junho julho agosto setembro outubro novembro dezembro proximo proxima trimestre semestre interesse interessa interessado
interessada interessou mensagem mensagens mensalidade contato parar remover remova cancelar descadastrar lista telefone instagram
whatsapp facebook indicacao chamo aqui contratar contratando contratado contrato fornecedor pensar depois momento funciona funcionam
integra integracao informacao informacoes robo bastante depende prefiro talvez muito todos nenhum ninguem sozinho sozinha
please price prices pricing much cost costs budget month monthly meeting schedule call demo someone human person speak talk
company business team people employees spreadsheet spreadsheets system using currently problem problems struggle struggling
losing customers clients leads sales slow answer reply replies follow manually decision decide decides owner founder manager director
interested thanks thank unsubscribe remove stop tomorrow monday tuesday wednesday thursday friday morning afternoon
account subscription invoice charged billed blocked locked payment refund customer stopped report reporting buying
purchasing donations afterwards student dissertation bloqueado bloqueada cobraram cobranca boleto fatura assinatura estorno
pagamento mensalidade acesso denuncio denunciar comprar contratei faculdade pesquisa academic academico colheita depois
quando qualquer acabar terminar passar colheita enquanto bloqueio cobrado interesse charge charges compram compra compramos comprando cobram cobrar cobra blocks locks
payments accounts invoices refunds reports students donation contratei pesquisas interesses consultorio consultorios passando passou enquanto
 curiosidade trabalho
evening today week quarter urgent vendor provider expensive afford think later information works integrate discount
`;

export const VOCABULARY: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));

/** First letter and length -> words: what one slip can be confused with is found without a scan. */
export const VOCABULARY_BY_SHAPE: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  [...VOCABULARY].filter((word) => word.length >= 5),
  (word) => `${word[0]}${word.length}`,
);

/** Shorthand -> what it stands for, both without accents. */
export const SLANG: ReadonlyMap<string, string> = new Map([
  ["vc", "voce"],
  ["vcs", "voces"],
  ["ce", "voce"],
  ["ceis", "voces"],
  ["tb", "tambem"],
  ["tbm", "tambem"],
  ["pq", "porque"],
  ["oq", "o que"],
  ["q", "que"],
  ["qto", "quanto"],
  ["qnto", "quanto"],
  ["qt", "quanto"],
  ["qnt", "quanto"],
  ["qdo", "quando"],
  ["qnd", "quando"],
  ["n", "nao"],
  ["naum", "nao"],
  ["nn", "nao"],
  ["hj", "hoje"],
  ["amnh", "amanha"],
  ["msm", "mesmo"],
  ["mto", "muito"],
  ["mt", "muito"],
  ["mta", "muita"],
  ["blz", "beleza"],
  ["obg", "obrigado"],
  ["obgd", "obrigado"],
  ["vlw", "valeu"],
  ["flw", "falou"],
  ["td", "tudo"],
  ["tdo", "tudo"],
  ["dps", "depois"],
  ["cmg", "comigo"],
  ["ctg", "contigo"],
  ["pfv", "por favor"],
  ["pf", "por favor"],
  ["pls", "please"],
  ["plz", "please"],
  ["thx", "thanks"],
  ["ty", "thanks"],
  ["u", "you"],
  ["ur", "your"],
  ["zap", "whatsapp"],
  ["zapzap", "whatsapp"],
  ["whats", "whatsapp"],
  ["wpp", "whatsapp"],
  ["wts", "whatsapp"],
  ["insta", "instagram"],
  ["ig", "instagram"],
  ["face", "facebook"],
  ["fb", "facebook"],
  ["cel", "celular"],
  ["fds", "fim de semana"],
  ["min", "minutos"],
  ["eh", "e"],
  ["ta", "esta"],
  ["tou", "estou"],
  ["tamo", "estamos"],
  ["pra", "para"],
  ["pro", "para o"],
  ["pras", "para as"],
  ["pros", "para os"],
  ["p", "para"],
  ["qq", "qualquer"],
  ["ss", "sim"],
  ["sm", "sim"],
  ["aham", "sim"],
  ["uhum", "sim"],
  ["yep", "yes"],
  ["yeah", "yes"],
  ["yup", "yes"],
  ["nope", "no"],
  ["nah", "no"],
  ["dont", "don't"],
  ["cant", "can't"],
  ["im", "i'm"],
  ["wanna", "want to"],
  ["gonna", "going to"],
  ["gotta", "have to"],
  ["asap", "as soon as possible"],
]);
