/** @file A quick look at a line, before any pattern: most lines of most texts name no speaker and end no speech. */

/** Characters that are looked at: behind them no name ends. */
const looked = 64;
/** Lines that are no longer may be a heading, a notice, or a name and a time. */
const shortLine = 100;

const isUpper = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0xde) || (code >= 0x391 && code <= 0x42f);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLower = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 0xdf && code <= 0xff) || (code >= 0x430 && code <= 0x45f);

/** Words that begin a cut and no sentence. */
const heading =
  /^(?:ACT|Act|SC|Sc|SZ|Sz|S[Cc][Ee]N|PRO|Pro|EPI|Epi|INDU|Indu|INT|EXT|I\/E|DRAM|Dram|PERS|Pers|CAST|Cast|CHAR|Char|THE|The |FIN|Fin|CURT|Curt|END|End|BY |By |DIRECT|Direct|CROSS|Cross|RE|Re|EXAM|Exam|Q|STATE|Prep|Opening|Whereupon|NOTE|STYLE|New mess|Unread|APP|BOT|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Page|Pg|pg|p)/;

const numbered = /\d:\d\d|^\d{1,6}[\])]?$|^\d(?:st|nd|rd|th|ST|ND|RD|TH)?\.? ?\p{Lu}|[年月]/u;
/** Lines of scripts without capitals. */
const wide =
  /[：「『【】]|:[^/]|:$|^\p{Script=Han}{2,4}[ \u3000（(\t]|^第.{1,4}[幕场景]|\d:\d\d|^[（〔]?(?:序幕|尾声|幕落|落幕|幕徐落|幕闭|剧终|全剧终|人物|[—→←\u2010-\u2022])|\d{4}|님이|撤回|群聊|[午上]\d{1,2}[：:点]/u;
const inParentheses = /\d:\d\d|[Ww]hereupon|^\((?:CURTAIN|Curtain)|^\([IVX\d]/;
/** `# * - < = > [ _ ~`, with which headings, emphasis, lists, nicks, rules and stamps begin. */
const signs: ReadonlySet<number> = new Set([...'#*-<=>[_~—'].map((sign) => sign.charCodeAt(0)));

/** Whether the line from `start` to `end` could be a head or a cut. */
export function mayMean(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (isDigit(first)) return numbered.test(text.slice(start, Math.min(end, start + 40)));
  if (first === 0x28) return inParentheses.test(text.slice(start, Math.min(end, start + 40)));
  if (first >= 0x1100) return wide.test(text.slice(start, Math.min(end, start + 48)));
  if (first < 128 && !isUpper(first) && !isLower(first)) return signs.has(first);
  const stop = Math.min(end, start + looked);
  let before = first;
  let blanks = 0;
  for (let i = start + 1; i < stop; i++) {
    const code = text.charCodeAt(i);
    if (code === 58) {
      // `a label: words`, or a clock.
      if (isDigit(before) || isUpper(first) || blanks === 0) return true;
    } else if (code === 0xff1a || code === 0x300c || code === 0x300e) return true;
    else if (code === 46 || code === 44) {
      if (i - start <= 34 && isUpper(first) && (code === 46 || isUpper(before))) return true;
    } else if (code === 32 || code === 9) blanks++;
    else if (isUpper(code) && isUpper(before) && isUpper(first) && i - start < 10) return true;
    before = code;
  }
  if (end - start > shortLine) return false;
  const words = text.slice(start, end);
  return (isUpper(first) && heading.test(words)) || /\d{4}|oday|esterday|님이|撤回|群聊|\d:\d\d/.test(words);
}
