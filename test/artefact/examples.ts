/**
 * @file The examples of the documentation, taken from where they are printed: fenced blocks of README and docs, example lines of help texts. What is
 * not run has its reason in a comment directly before the block:
 *
 *     <!-- not run: needs a GPU -->                 the whole block
 *     <!-- not run "eval fetch": needs the hub -->  lines that hold the words
 *     <!-- by hand "5400": takes minutes -->        not in the fast run; may name lines too
 *     <!-- run with: golongrl data build llm.yaml --dry-run -->   the block is a file of that name
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A block as printed, and what is said about running it. */
export interface Example {
  /** `docs/audit.md:3`. */
  readonly place: string;
  readonly language: string;
  readonly text: string;
  readonly directives: readonly Directive[];
}

export interface Directive {
  readonly kind: 'not run' | 'by hand' | 'run with';
  /** Lines that it is about; all of them where it is absent. */
  readonly words?: string | undefined;
  /** The reason, or the command. */
  readonly what: string;
}

const directive = /^<!-- (not run|by hand|run with)(?: "([^"]+)")?: (.+?) -->$/;

function directiveOf(line: string): Directive | undefined {
  const [, kind, words, what] = directive.exec(line.trim()) ?? [];
  if (kind === undefined || what === undefined) return undefined;
  return { kind: kind as Directive['kind'], words, what };
}

/** Directives in the lines just before a fence, blank ones passed over. */
function before(lines: readonly string[], fence: number): Directive[] {
  const found: Directive[] = [];
  for (let at = fence - 1; at >= 0; at--) {
    const line = lines[at] ?? '';
    const one = directiveOf(line);
    if (one !== undefined) found.unshift(one);
    else if (line.trim() !== '') break;
  }
  return found;
}

/** The fenced blocks of a page. */
export function examplesOf(page: string, text: string): Example[] {
  const lines = text.split('\n');
  const examples: Example[] = [];
  let open: { at: number; language: string; body: string[] } | undefined;
  for (const [at, line] of lines.entries()) {
    const fence = /^```(\w*)\s*$/.exec(line);
    if (fence === null) open?.body.push(line);
    else if (open === undefined) open = { at, language: fence[1] ?? '', body: [] };
    else {
      const place = `${page}:${open.at + 1}`;
      const directives = before(lines, open.at);
      examples.push({ place, language: open.language, text: open.body.join('\n'), directives });
      open = undefined;
    }
  }
  return examples;
}

/** All fenced blocks of README and docs. */
export function documentedExamples(root: string): Example[] {
  const pages = [
    'README.md',
    ...readdirSync(path.join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  return pages.flatMap((page) => examplesOf(page, readFileSync(path.join(root, page), 'utf8')));
}

/** Relative links of a page, for a look whether they lead anywhere. */
export const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);

/** A help's example: one command; what stands behind two spaces and more is a remark. */
export interface HelpExample {
  readonly command: string;
  readonly line: string;
}

/** Lines of a help text that begin with two spaces and the name of the program, or set a variable for it. */
export function helpExamples(command: string, help: string): HelpExample[] {
  return help
    .split('\n')
    .filter(
      (line) =>
        /^ {2}(?:[A-Z_]+=\S+ )?(?:golongrl|source <\(golongrl) /.test(line) &&
        !/^ {2}golongrl [a-z ]+\[options\]/.test(line),
    )
    .map((line) => ({ command, line: line.trim().split(/ {3,}/)[0] ?? '' }));
}
