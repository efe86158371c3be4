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
  },
  {
    phone: "5531988760202",
    name: "Renata Lima",
    says: [
      { text: "Oi, quanto custa o ERP?" },
      { text: "Hoje a gente controla estoque em planilha e todo mês dá diferença" },
    ],
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
  },
  {
    phone: "5551998870505",
    name: "Marcos Teixeira",
    says: [{ text: "Já usamos o TOTVS, mas as rotas são um caos. Como funciona a de vocês?" }],
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
  },
];
