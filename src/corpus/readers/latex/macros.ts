/** @file The preamble of a LaTeX source: title and authors, and the writer's own abbreviations without arguments. */

/** The text between the brace at `from` and the one that closes it; undefined where none does within reach. */
export function braced(source: string, from: number, reach = 20_000): { inner: string; end: number } | undefined {
  if (source[from] !== '{') return undefined;
  let depth = 0;
  for (let at = from; at < Math.min(source.length, from + reach); at++) {
    const character = source[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return { inner: source.slice(from + 1, at), end: at + 1 };
  }
  return undefined;
}

/** A longer abbreviation is a program. */
const longestMacro = 200;
const mostMacros = 500;

/** `\newcommand{\ours}{Our Method}` -> `ours`, `Our Method`; those with arguments are left. */
export function macrosOf(preamble: string): Map<string, string> {
  const macros = new Map<string, string>();
  const defining = /\\(?:re)?newcommand\*?\s*\{?\\([a-zA-Z]+)\}?\s*(?=\{)|\\def\\([a-zA-Z]+)(?=\{)/g;
  for (const match of preamble.matchAll(defining)) {
    const body = braced(preamble, match.index + match[0].length, longestMacro)?.inner;
    const name = match[1] ?? match[2] ?? '';
    if (body !== undefined && !body.includes(`\\${name}`) && macros.size < mostMacros) macros.set(name, body);
  }
  return macros;
}

/** The argument of a command of the preamble, as it is written. */
export function argumentOf(source: string, command: string): string | undefined {
  const match = new RegExp(`\\\\${command}\\s*(?:\\[[^\\]]{0,500}\\]\\s*)?(?=\\{)`).exec(source);
  return match === null ? undefined : braced(source, match.index + match[0].length)?.inner;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(source: string, at: number): boolean {
  let before = at;
  while (source[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
}

/** Without remarks; a line that is one alone leaves no blank line behind. */
export function withoutRemarks(source: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = source.indexOf('%'); at >= 0; at = source.indexOf('%', at + 1)) {
    if (isEscaped(source, at)) continue;
    const end = source.indexOf('\n', at);
    const next = end < 0 ? source.length : end;
    const before = source.slice(from, at);
    const alone = /(?:^|\n)[ \t]{0,100}$/.test(before.slice(-102));
    kept.push(before);
    from = alone ? next + 1 : next;
    at = from - 1;
  }
  return kept.join('') + source.slice(from);
}
