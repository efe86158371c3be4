// Cities that leads name most.

/** Pattern source over folded text. */
export const CITIES =
  "sao paulo|rio de janeiro|belo horizonte|bh|curitiba|porto alegre|salvador|recife|fortaleza|brasilia|goiania|campinas|florianopolis|floripa|joinville|blumenau|londrina|maringa|ribeirao preto|santos|sorocaba|vitoria|natal|manaus|belem|cuiaba|campo grande|uberlandia|osasco|guarulhos|niteroi|sao jose dos campos|joao pessoa|maceio|aracaju|teresina|caxias do sul|juiz de fora|bauru|new york|chicago|boston|austin|dallas|houston|miami|los angeles|san francisco|seattle|denver|toronto|london|manchester|dublin|lisbon|sydney|portland|atlanta|phoenix|vancouver|leeds|bristol";
