/** Leads that have written before anybody looks. Their numbers belong to nobody. */
import type { SeedLead } from "./whatsapp.ts";

export const HORIZONTE_LEADS: readonly SeedLead[] = [
  {
    phone: "5511987650101",
    name: "Paulo Menezes",
    says: [
      { text: "Boa tarde! Vi o anúncio de vocês" },
      { text: "Tenho uma distribuidora de bebidas em Campinas, 45 funcionários. O sistema atende esse porte?" },
    ],
    replies: {
      currentSolution: "Hoje é um sistema antigo instalado no servidor da empresa, e o resto em planilha",
      teamSize: "São 45 pessoas na empresa, 8 delas no escritório",
      segment: "Distribuição de bebidas para bares e mercados da região",
      problem: "O estoque nunca bate com o sistema e a gente vende o que não tem",
      implication: "Perdemos uns R$ 15 mil por mês entre ruptura e devolução",
      desiredOutcome: "Queria o estoque certo na hora do pedido e a rota pronta de manhã",
      name: "Paulo Menezes",
      company: "Menezes Bebidas",
      decisionMaker: "Eu e meu irmão, mas quem bate o martelo sou eu",
      monthlyBudget: "Dá para investir até R$ 2.500 por mês",
      timeline: "Antes do fim do ano",
      meeting: "Quarta às 10h fica bom",
    },
  },
  {
    phone: "5531988760202",
    name: "Renata Lima",
    says: [
      { text: "Oi, quanto custa o ERP?" },
      { text: "Hoje a gente controla estoque em planilha e todo mês dá diferença" },
    ],
    replies: {
      currentSolution: "Tudo em planilha, cada filial tem a sua",
      teamSize: "Somos 22 ao todo",
      segment: "Atacado de materiais de limpeza",
      problem: "Todo mês dá diferença no estoque e ninguém sabe onde foi parar",
      implication: "No último inventário sumiram R$ 9 mil",
      name: "Renata",
    },
  },
  {
    phone: "5541991230303",
    name: "Atacado Bom Preço",
    says: [{ text: "Preciso falar com um vendedor, é urgente" }],
  },
  {
    phone: "5521976540404",
    name: "Jéssica Alves",
    says: [
      { text: "bom dia" },
      { text: "vcs emitem nota fiscal de saida com substituicao tributaria?" },
      { text: "somos em 3 filiais" },
    ],
    replies: {
      segment: "Distribuidora de cosméticos",
      currentSolution: "usamos um emissor gratuito",
      problem: "a nota sai errada e o cliente devolve",
    },
  },
  {
    phone: "5551998870505",
    name: "Marcos Teixeira",
    says: [{ text: "Já usamos o TOTVS, mas as rotas são um caos. Como funciona a de vocês?" }],
    replies: {
      segment: "Distribuímos alimentos refrigerados para supermercados",
      teamSize: "Uns 120, com 14 motoristas",
      problem: "O roteiro é feito no papel e o caminhão volta com mercadoria",
      implication: "Só de combustível são uns 6 mil a mais por mês",
      desiredOutcome: "Sair com a rota fechada às 6h",
      company: "Teixeira Alimentos",
      decisionMaker: "Quem decide é a diretoria, eu sou gerente de logística",
      timeline: "Começo do ano que vem",
    },
  },
  {
    phone: "5585987110606",
    name: "Sandra Rocha",
    says: [{ text: "Obrigada pelo retorno! Vou ver com meu sócio e falo semana que vem." }],
  },
];

export const VERTICE_LEADS: readonly SeedLead[] = [
  {
    phone: "5531977660101",
    name: "Rede Sabor Mineiro",
    says: [
      { text: "Olá, temos 6 lojas em BH e a conta de luz passa de R$ 40 mil por mês. Como funciona a assinatura?" },
    ],
    replies: {
      currentSolution: "Só a distribuidora de energia mesmo",
      segment: "Rede de restaurantes",
      teamSize: "Umas 90 pessoas nas 6 lojas",
      problem: "A conta sobe todo ano e come a margem",
      implication: "São R$ 40 mil por mês, quase um salário de cada gerente",
      desiredOutcome: "Pagar uns 20% a menos sem ter que fazer obra",
      name: "Cláudia",
      company: "Rede Sabor Mineiro",
      decisionMaker: "Sou eu e meu marido que decidimos",
      monthlyBudget: "Se sair da própria conta de luz, até R$ 30 mil por mês",
      meeting: "Terça à tarde",
    },
  },
];
