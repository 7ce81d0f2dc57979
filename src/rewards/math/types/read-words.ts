/**
 * @file Answers in words: compared without case, articles, punctuation and emphasis. A few words are values (`no solution`,
 * `all real numbers`, `infinity`), a letter in brackets is an option.
 */
const emptyWords =
  /^(?:there (?:is|are) |(?:the|this) equation has |该?(?:方程组?|不等式)(?:的解集[是为])?|此?题)?(?:no(?: real| such| integer| valid| possible| common)* (?:solutions?|roots?|values?|intersections?|elements?|numbers?|points?)(?: exists?)?|none(?: exists?)?|the empty set|empty set|empty|null set|\\emptyset|\{\}|\\\{\s*\\\}|无(?:实数?)?解|没有(?:实数?)?解|空集|不存在解|方程无(?:实数?)?解|无实根|没有实数根|无实数根)$/i;
const allWords =
  /^(?:(?:for )?all (?:the )?(?:real numbers?|reals?|real values?(?: of [a-z])?|values of x|x)|any real number|the (?:set of (?:all )?)?(?:real numbers|reals)|every real number|(?:全体|所有|一切|任意)实数|实数集)$/i;
const undefinedWords =
  /^(?:undefined|(?:the limit )?(?:does not|doesn't) exist|dne|d\.n\.e\.?|not defined|no limit|不存在|极限不存在|没有意义|无意义|未定义)$/i;
const infinityWords = /^(?:positive |plus |\+\s*)?(?:infinity|infinite|无穷大|正无穷大?|infty)$/i;
const manyWords =
  /^(?:there are )?(?:infinitely many(?: solutions)?|an infinite number(?: of solutions)?|infinite solutions|无穷多(?:个)?(?:解)?|无数(?:个)?(?:解)?|有无数(?:个|多)?解)$/i;

/** `empty`: no solution; `all`: all reals; `undefined`: no value; `many`: infinitely many. */
export type SpecialWord = 'empty' | 'all' | 'undefined' | 'infinity' | '-infinity' | 'many';

const bare = (text: string): string =>
  text
    .replace(/[.!。]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A whole text as one of them; undefined for other words and for more than 60 characters. */
export function specialWord(source: string): SpecialWord | undefined {
  const text = bare(source.replace(/^(?:x|n|t|y)\s*(?:\\in\s*)?(?==)=?\s*/, ''));
  if (text.length > 60) return undefined;
  if (emptyWords.test(text)) return 'empty';
  if (allWords.test(text)) return 'all';
  if (undefinedWords.test(text)) return 'undefined';
  if (infinityWords.test(text)) return 'infinity';
  if (manyWords.test(text)) return 'many';
  return /^(?:negative |minus |-\s*)(?:infinity|无穷大?)$|^负无穷大?$/i.test(text) ? '-infinity' : undefined;
}

const yes = new Set(['yes', 'true', 'correct', '是', '是的', '对', '正确', '真', '能', '可以', '成立']);
const no = new Set(['no', 'false', 'incorrect', '否', '不是', '不对', '错', '错误', '假', '不能', '不可以', '不成立']);
const pairs: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['true', 'false'],
];

const articles = /\b(?:the|a|an)\s+/g;

/** One spelling for words that mean the same answer. */
export function wordForm(source: string): string {
  const text = source
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\\(?:text|mathrm|textbf|emph)\b/g, ' ')
    .replace(/\\[a-z]+/g, (command) => ` ${command.slice(1)} `)
    .replace(/["'`*_{}$\\]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .replace(articles, '')
    .replace(/^[\s,;:.-]+|[\s,;:.!?。！，；：]+$/g, '')
    .trim();
  return text.replace(/\s*([-,;:])\s*/g, '$1').replace(/-/g, ' ');
}

const option =
  /^(?:(?:option|choice|answer|选项|选|答案[是为]?)\s*[:：]?\s*)?[([（【]?\s*([A-J])\s*[)\]）】.:：]?\.?$/i;

/** A to J in upper case, bare, in brackets or after a word such as "option"; undefined for anything else. */
export const optionLetter = (text: string): string | undefined => option.exec(text.trim())?.[1]?.toUpperCase();
const optionRun = /^[([]?\s*[A-H](?:[\s,、&和()[\]]*(?:and\b)?[\s()[\]]*[A-H])+\s*[)\]]?$/;

/** `A and C`, `A, C`, `AC`: several options as their sorted letters. */
export function optionLetters(text: string): string | undefined {
  const letters = text.trim().replace(/\band\b/g, ' and ');
  if (!optionRun.test(letters)) return undefined;
  return [...new Set(letters.replace(/and/g, '').match(/[A-H]/g))].sort().join('');
}

/** `B. Washington`, `(B) 12`: an option's letter and its text. */
const optionWithText = /^[([（【]?\s*([A-J])\s*[)\]）】.:：]\s*(?=\S)(.+)$/s;

function polarity(form: string): boolean | undefined {
  if (yes.has(form)) return true;
  return no.has(form) ? false : undefined;
}

/** Whether the answer says what the gold says. `answer` is a phrase that a statement was reduced to. */
export function sameWords(gold: string, answer: string): boolean {
  const letter = optionLetter(gold);
  if (letter !== undefined) {
    const said = optionLetter(answer) ?? optionWithText.exec(answer.trim())?.[1]?.toUpperCase();
    return said === letter;
  }
  const a = wordForm(gold);
  const b = wordForm(answer);
  if (a === '' || b === '') return false;
  if (a === b) return true;
  if (a.replace(/ /g, '') === b.replace(/ /g, '')) return true;
  const expected = polarity(a);
  if (expected !== undefined) {
    const first = b.split(/[,.;:，。；：]/)[0]?.trim() ?? '';
    const said = polarity(b) ?? polarity(first);
    if (said === undefined) return false;
    const kind = pairs.find((pair) => pair.includes(a));
    const same = kind === undefined || kind.includes(b) || kind.includes(first) || /[\u4e00-\u9fff]/.test(a);
    return said === expected && (same || true);
  }
  const stated = optionWithText.exec(answer.trim())?.[2];
  if (stated !== undefined && wordForm(stated) === a) return true;
  const [sa, sb] = [specialWord(gold), specialWord(answer)];
  return sa !== undefined && sa === sb;
}
