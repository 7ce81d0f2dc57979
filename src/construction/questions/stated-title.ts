/**
 * @file The line at the head of a text that says what the document is, where its title does not: the heading below the name of the body
 * that issues it, the number of a law, the first line above a row in parentheses.
 */

const kinds =
  /\b(?:minutes|guidelines?|guidance|guide|report|policy|procedures?|handbook|manual|rules|regulations?|plan|code|charter|proceedings|by-?laws|constitution|standard|specification|agreement|contract|strategy|review|budget|accounts|prospectus|terms|transcript|evidence|inquiry|survey|statement|bulletin|newsletter|programme|framework|protocol|directive|notice|faq|changelog|documents?)\b/i;
const chineseKinds =
  /(?:报告|纪要|办法|规定|条例|细则|章程|手册|指南|制度|方案|合同|协议|公告|决定|规则|标准|记录|说明书|预案)(?:（[^）]*）)?$/;
const chineseBody = /(?:公司|委员会|局|厅|政府|大学|学院|医院|集团|中心|学会|协会)$/;
const act =
  /^(?:(?:Commission|Council) )?(?:(?:Delegated|Implementing) )?(?:Regulation|Directive|Decision) (?:\((?:EU|EC|EEC|Euratom|CFSP)(?:, Euratom)?\) )?(?:No )?\d+\/\d+(?:\/(?:EU|EC|EEC))?/i;
const body =
  /\b(?:authority|council|committee|board|hospice|hospital|trust|university|college|school|institute|laboratory|agency|association|society|company|limited|ltd|plc|inc|department|ministry|office|commission|foundation|cooperative|club|group)\.?$/i;
/** What names one document of a body among its others: `PG-07`, `ISO 9001`. */
const code = /\b\p{Lu}{2,}[- ]?\d+/u;
const headLength = 1500;
const longest = 110;

const bare = (line: string): string => line.replace(/^#+\s*/, '').trim();

/** The lines at the head of a text, without empty ones. */
const headLines = (text: string): string[] =>
  text
    .slice(0, headLength)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/**
 * What the heading under the name of a body says: `Procurement Guideline PG-07: Buying Goods`, with the name where the heading alone could
 * be anybody's. Undefined where the title itself says what the document is, or nothing does.
 */
export function belowBody(title: string, text: string): string | undefined {
  const [first, second] = headLines(text);
  if (first === undefined || second === undefined || bare(first) !== title) return undefined;
  const next = bare(second);
  if (next.length > longest || /[.!?。！？；;]$|\.\w{2,4}$/.test(next)) return undefined;
  if (chineseBody.test(title)) return chineseKinds.test(next) ? `${title}${next}` : undefined;
  const areHeads = first.startsWith('#') && second.startsWith('#');
  if (!(areHeads || body.test(title)) || kinds.test(title) || !kinds.test(next)) return undefined;
  if (title.split(' ').length > 8 || /[?:–—]/.test(title)) return undefined;
  if (code.test(next)) return next;
  const short = next.replace(/: .*$/, '');
  return `${title}: ${kinds.test(short) ? short : next}`;
}

const sheetName = /^[\p{L}\p{N}_-]{1,20}$/u;

/** The line above the table of a sheet, without its unit, where the title is the short name of the sheet: `Q-summary`. */
export function sheetTitle(title: string, text: string): string | undefined {
  const [first = '', second = ''] = headLines(text);
  const line = first.replace(/\s*[（(][^（）()]*[）)]$/, '');
  const isCaption =
    /^\p{Lu}\S* \S+ |^\p{Script=Han}{2}.{4}/u.test(line) && line.length <= 70 && !/[.!?。|“”]/.test(line);
  return sheetName.test(title) && second.startsWith('|') && isCaption ? line : undefined;
}

/** What the head of a text says the document is, where only a file's name is its title. */
export function statedTitle(text: string): string | undefined {
  const [first = '', second = ''] = headLines(text).map(bare);
  const law = act.exec(first)?.[0];
  if (law !== undefined) return law;
  const isLine =
    /^\p{Lu}/u.test(first) && first.split(' ').length > 2 && first.length < longest && !/[.!?,;:|[\]]/.test(first);
  return isLine && /^\([^)]{4,80}\)$/.test(second) ? first : undefined;
}
