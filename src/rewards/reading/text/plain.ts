/**
 * @file A piece of an answer as plain text: markup of Markdown, HTML and LaTeX taken off, Unicode in one form. Every step is one
 * pass of a pattern without nested repetition, so that the time is linear; most texts leave after the first test.
 */

const suspicious = /[^\n !"%'(),./0-9:;?@A-Za-z{}=+[\]|-]/;
const controls = '\\x1c-\\x1e\\x85\\u2028\\u2029\\v\\f';
const hidden = '\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u206a-\\u206f\\ufeff';
const joiners = '\\u034f|\\u17b4|\\u17b5|[\\ufe00-\\ufe0f]';
const invisible = new RegExp(`[${hidden}]|${joiners}`, 'g');
const lineBreaks = new RegExp(`\\r\\n?|[${controls}]`, 'g');
const unitSeparator = '\\x1f';
const spaces = new RegExp(`[^\\S\\n]+|${unitSeparator}`, 'g');

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  nbsp: ' ',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  rarr: '→',
  larr: '←',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  ldquo: '"',
  rdquo: '"',
  lsquo: "'",
  rsquo: "'",
  middot: '·',
  bull: '•',
  minus: '-',
  times: '×',
  deg: '°',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
};

function entity(whole: string, name: string): string {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 31 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  }
  return entities[name.toLowerCase()] ?? whole;
}

function withoutHtml(text: string): string {
  const open = text.includes('<')
    ? text
        .replace(/<br\s{0,3}\/?>|<\/(?:p|div|li|tr|h[1-6])>/gi, '\n')
        .replace(/<li(?:\s[^<>]{0,200})?>/gi, '\n- ')
        .replace(
          /<\/?(?:a|b|i|u|s|p|em|div|tt|kbd|code|pre|ul|ol|mark|span|small|big|strong|sub|sup|font|cite|q|h[1-6]|center|label|var|samp|(?:final_?)?answer|option|result|value|choice|entry|letter|response|final|text|name|title)(?:\s[^<>]{0,200})?>/gi,
          '',
        )
    : text;
  return open.includes('&') ? open.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, entity) : open;
}

const wrapper =
  /\\(?:text(?:bf|it|rm|tt|sf|sc|normal|up)?|math(?:rm|bf|it|sf|tt|bb|cal)|operatorname|mbox|hbox|emph|underline|boxed|fbox|bm|boldsymbol|bf|rm)\s{0,3}\*?\{([^{}]*)\}/g;
const latexWords: Readonly<Record<string, string>> = {
  to: '→',
  rightarrow: '→',
  longrightarrow: '→',
  Rightarrow: '→',
  implies: '→',
  gt: '>',
  succ: '>',
  lt: '<',
  prec: '<',
  quad: ' ',
  qquad: ' ',
  ldots: '…',
  dots: '…',
  S: '§',
  degree: '°',
  times: '×',
  cdot: '·',
  mu: 'μ',
  left: '',
  right: '',
  displaystyle: '',
  bf: '',
  rm: '',
  textbf: '',
};

function withoutLatex(text: string): string {
  let open = text;
  if (open.includes('\\')) {
    for (let round = 0; round < 4; round++) {
      const next = open.replace(wrapper, '$1');
      if (next === open) break;
      open = next;
    }
    open = open
      .replace(/\\(?:begin|end)\{(?:itemize|enumerate|description|center|quote)\}(?:\[[^\]]{0,40}\])?/g, '')
      .replace(/\\item(?:\[[^\]]{0,40}\])?(?![a-zA-Z])\s{0,3}/g, '\n- ')
      .replace(/\\[()[\]]/g, ' ')
      .replace(/\\([a-zA-Z]{1,16})(?![a-zA-Z])/g, (whole, name: string) => latexWords[name] ?? whole)
      .replace(/\\\\(?=\s)/g, '\n')
      .replace(/\\[ ,;:!](?!\w+\{)/g, ' ')
      .replace(/\\([_*#`~.{}()[\]+|>$%&!-])/g, '$1');
  }
  if (open.includes('{,}')) open = open.replaceAll('{,}', ',');
  return open.includes('$') ? open.replace(/\$\$?(?! )([^$\n]{1,2000}?)(?<! )\$\$?(?!\d)/g, '$1') : open;
}

function withoutMarkdown(text: string): string {
  return text
    .replace(/^[ \t]{0,3}(?:```|~~~)[^\n]*$/gm, '')
    .replace(/~~[^~\n]{1,400}~~/g, ' ')
    .replace(/^[ \t]{0,3}#{1,6}[ \t]+/gm, '')
    .replace(/^[ \t]{0,3}>[ \t]?(?=[^\s=>])/gm, '')
    .replace(/\*{2,3}|`+/g, '')
    .replace(/(?<=[^\n\s*])\*(?=[^\n*]|$)|(?<=^|\n|\s)\*(?=[^\s*])|\*$/g, '')
    .replace(/(?<=^|[\s("'])_{1,2}([^_\n]{1,200})_{1,2}(?=$|[\s).,;:!?"'])/gm, '$1')
    .replace(/!?\[([^[\]\n]{1,200})\]\((?:https?:|#|\/)[^()\s]{0,300}\)/g, '$1');
}

const quotes = /[“”„‟«»「」『』《》〈〉〝〞＂″]/g;
const singleQuotes = /[‘’‚‛′`´ʼ＇]/g;
const hyphens = /[‐‑‒–−﹣－﹘]/g;
/** Characters whose compatible form is safe to take. */
const marks = '[\\u0300-\\u036f]';
const forms =
  '\\u00a0-\\u00bf\\u2000-\\u206f\\u2100-\\u214f\\u2460-\\u24ff\\u3000-\\u303f\\ufb00-\\ufb06\\uff00-\\uffef';
const compatible = new RegExp(`[${forms}]|\\ud835|${marks}`);

/** One text without markup, in one form of Unicode. Line breaks stay; `-`, `"` and `'` stand for all their kin. */
export function plain(text: string): string {
  if (!suspicious.test(text)) return text;
  let open = text.replace(lineBreaks, '\n');
  open = withoutMarkdown(withoutLatex(withoutHtml(open)));
  if (compatible.test(open)) open = open.replace(hyphens, '-').normalize('NFKC');
  else open = open.replace(hyphens, '-');
  return open
    .replace(invisible, '')
    .replace(quotes, '"')
    .replace(singleQuotes, "'")
    .replace(/[—⸺]+/g, ' - ')
    .replace(/[。｡]/g, '. ')
    .replace(spaces, ' ');
}
