/** @file Headings in capitals: of man pages at the start of a line, of other texts alone between blank lines. */
import { isBlank, type Line } from './text-lines.ts';

/** The headings that the pages of manuals share. */
export const manHeads = new Set(
  `NAME SYNOPSIS DESCRIPTION OPTIONS ARGUMENTS COMMANDS USAGE EXAMPLE EXAMPLES FILES ENVIRONMENT DIAGNOSTICS ERRORS NOTES BUGS CAVEATS HISTORY
  AUTHOR AUTHORS COPYRIGHT STANDARDS VERSIONS ATTRIBUTES COLOPHON SECURITY CONFIGURATION OVERVIEW LICENSE WARNINGS CONFORMANCE OPERANDS
  名称 摘要 总览 概要 概述 描述 选项 参见 作者 错误 示例 文件 环境变量 注意 版权 历史 诊断 语法 参数`
    .split(/\s+/)
    .concat(
      'SEE ALSO',
      'EXIT STATUS',
      'RETURN VALUE',
      'RETURN VALUES',
      'CONFORMING TO',
      'REPORTING BUGS',
      'EXIT CODES',
      'EXIT VALUES',
      'SEE ALSO 参见',
    ),
);
const isManHead = (line: string): boolean =>
  manHeads.has(line) ||
  (/^[A-Z\p{Script=Han}]/u.test(line) && manHeads.has(line.replace(/ ?[（(].*[)）]$| \p{Script=Han}+$/u, '')));
/** A page has so many of the usual ones. */
const leastManHeads = 3;

/** Letters in capitals only, and no sentence. */
const capitals = /^[A-Z][A-Z0-9 ,'’&/():–—-]{2,70}$/;
const isCapitals = (line: string): boolean =>
  capitals.test(line) && /[A-Z]{3}/.test(line) && !/[,:(-]$| {2,}|^END OF /.test(line);

/** A running head without its page. */
const bare = (line: string): string => line.replace(/ *\d+$/, '');

/** Headings in capitals: of a man page at the start of any line, of other texts alone between blank lines and only once. */
export function capitalLines(
  lines: readonly Line[],
  plain: boolean,
): { readonly at: ReadonlySet<number>; readonly man: boolean } {
  const found = lines.flatMap(({ text }, i) => {
    const code = text.charCodeAt(0);
    if (text.length > 72 || !((code >= 0x41 && code <= 0x5a) || code > 0x2e80)) return [];
    const line = text.trimEnd();
    return isManHead(line) ? [{ i, line, man: true }] : isCapitals(line) ? [{ i, line, man: false }] : [];
  });
  const indented = lines.some(({ text }) => /^ {3,}\S/.test(text));
  const alone = ({ i }: { readonly i: number }): boolean => isBlank(lines[i - 1]) && isBlank(lines[i + 1]);
  if (new Set(found.filter(({ man }) => man).map(({ line }) => line)).size >= leastManHeads)
    return {
      at: new Set(found.filter((head) => head.man || (indented && isBlank(lines[head.i - 1]))).map(({ i }) => i)),
      man: true,
    };
  if (!plain) return { at: new Set(), man: false };
  const counts = new Map<string, number>();
  for (const { line } of found) counts.set(bare(line), (counts.get(bare(line)) ?? 0) + 1);
  const once = found.filter((head) => alone(head) && counts.get(bare(head.line)) === 1 && /[A-Z]{4}/.test(head.line));
  return { at: new Set(once.map(({ i }) => i)), man: false };
}
