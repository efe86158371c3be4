/** Whitespace and comments, as far as they go. */
const BLANK = /(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y;
const DIRECTIVE = /(["'])((?:(?!\1)[^\\\n]|\\.)*)\1[ \t]*(?:;|(?=[\r\n}]|\/[/*]|$))/y;

/** True when `"use node"` is among a module's directives: the strings that stand before its first statement. */
export function hasUseNode(source: string): boolean {
  let position = source.startsWith("#!") ? source.indexOf("\n") : 0;
  for (;;) {
    position = endOf(BLANK, source, position) ?? position;
    const end = endOf(DIRECTIVE, source, position);
    if (end === undefined) return false;
    if (/^["']use node["']/.test(source.slice(position, end))) return true;
    position = end;
  }
}

function endOf(pattern: RegExp, source: string, position: number): number | undefined {
  pattern.lastIndex = position;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}
