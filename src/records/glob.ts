/** @file File name patterns: `*` and `?` inside a name, `**` over folders, `[abc]`, `{txt,md}`. */

/** Says nothing of whether such a file exists: a name with a bracket counts too. */
export const isGlob = (target: string): boolean => /[*?[{]/.test(target);

/** The folder that the pattern starts in: what stands before its first special character. */
export function globRoot(pattern: string): string {
  const fixed = pattern.slice(0, pattern.search(/[*?[{]/));
  const slash = fixed.lastIndexOf('/');
  return slash < 0 ? '.' : fixed.slice(0, slash) || '/';
}

/** @example globPattern('a/*.{txt,md}').test('a/b.md') // true */
export function globPattern(pattern: string): RegExp {
  let depth = 0;
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\[[^\]/]+\]|\{|\}|,|[.+^$()|\\\][]/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part === '{') return ++depth > 0 ? '(?:' : '';
    if (part === '}') return depth-- > 0 ? ')' : '\\}';
    if (part === ',') return depth > 0 ? '|' : ',';
    return part.startsWith('[') && part.length > 1 ? part.replace(/^\[!/, '[^') : `\\${part}`;
  });
  return new RegExp(`^${source}${')'.repeat(Math.max(0, depth))}$`);
}
