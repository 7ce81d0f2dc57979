/**
 * @file Takes the answer out of the sentence that states it: marks of mathematics and emphasis off, `So the answer is ...` cut
 * at its verb, one quantity out of a sentence that holds no other. The candidates go from the most literal to the most cut.
 */
import { cleanAnswer } from './answer-text.ts';
import { chineseToDigits } from './types/han-numerals.ts';
import { englishToDigits } from './types/number-words.ts';

const emphasis = /(?<!\w)\*\*|\*\*(?!\w)|(?<!\w)__|__(?!\w)|`+|^\s*#{1,6}\s+|^\s*>\s+/gm;
const emoji = /[\u{1f300}-\u{1faff}\u2600-\u27bf]|\ufe0f/gu;
const endMarks = /(?:<\|[^|<>]{1,40}\|>|<｜[^｜<>]{1,40}｜>|<\/s>|<end_of_turn>|\[\/?answer\]|<\/?answer>)\s*/gi;

const openers =
  /^(?:so|therefore|thus|hence|then|finally|consequently|indeed|accordingly|in conclusion|in total|altogether|overall|well|ok(?:ay)?|and|we (?:get|have|find|obtain)|this (?:gives|means)|that (?:gives|is)|i\.e\.|i (?:get|got)|it follows that|解|答|所以|因此|因而|故|综上(?:所述)?|于是|那么|从而|即|可得|可知|得)(?![a-z])\s*[,:：，]?\s*/i;
const labels =
  /^(?:\[?(?:the\s+)?(?:my\s+)?(?:final|correct|required|desired|exact|approximate|overall|last)?\s*(?:final\s+)?(?:answers?|results?|value|solutions?|total|sum)\]?\s*(?:\([a-z0-9]\)\s*)?(?:is\s*:|is|are|was|equals|=|:|：|(?<=answer)\s(?=\s*[\d(\\$-]))\s*:?|\[?(?:最终|最后|正确|本题)?的?(?:答案|结果)\]?\s*(?:应该|应)?(?:是|为|等于|:|：|=)\s*:?)\s*/i;
const verbs =
  /(?<![a-zA-Z])(?:is|are|was|were|be|equals?|equal to|gets?|gives?|has|have|had|obtain|obtains|yields?|becomes?|remains?|costs?|takes?|need|needs|contains?|holds?|find|found|with|in|on|by|at|of|to)(?![a-zA-Z])\s*:?\s*|(?:等于|得到|应是|应为|就是|共有|共计|一共|总共|大约|约为|需要|还剩|剩下|是|为|得|有|共|约|在)\s*[:：]?\s*|[:：]\s+/gi;
const negation = /\b(?:not|never|isn't|aren't|cannot|can't|neither|without)\b|n't\b|不是|并非|不等于|没有/i;
const choice = /\b(?:or|either|between|maybe|perhaps|possibly|might be|could be|not sure)\b|或|可能|也许|大概是|之间/i;

/** Marks that enclose mathematics, taken off; a dollar that stands for money becomes `＄`. */
export function withoutDelimiters(source: string): string {
  let text = source.replace(/\\\$/g, '＄');
  if (text.includes('$')) text = withoutDollars(text);
  return text.replace(/\\[()[\]](?!\s*(?:pt|em|ex|cm|mm)\])/g, (mark, at: number) =>
    text.charAt(at - 1) === '\\' ? mark : ' ',
  );
}

function withoutDollars(source: string): string {
  const text = source.replaceAll('$$', ' $ ');
  const count = text.split('$').length - 1;
  if (count === 1) return text.replace(/\$(?=\s*[\d.])/, '＄').replace('$', ' ');
  // "$5 and $6": what two signs enclose is no mathematics when it begins with a number and runs into words.
  if (/\$\s?\d[\d,.]*\s+[a-z]{2,}[^$]*\s\$\s?\d/i.test(text) && !/\\/.test(text))
    return text.replace(/\$(?=\s?\d)/g, '＄').replaceAll('$', ' ');
  return text.replaceAll('$', ' ');
}

const tidy = (text: string): string =>
  text
    .replace(/^\s*(?:[,;:：，。]|\.(?!\d))\s*/, '')
    .replace(/[\s.。!！,，;；:：]+$/, (tail) => (tail.startsWith('!') ? '!' : tail.includes('...') ? tail : ''))
    .replace(/(?<![\dnkm)}\]])!$/, '')
    .replace(/^["'](.*)["']$/s, '$1')
    .trim();

const closers =
  /\s+(?:in (?:all|total)|altogether|overall)$|\s+(?:is|are)\s+(?:the|our|my|your)\s+(?:(?:final|correct|required|desired)\s+)?(?:solutions?|answers?|results?|value)\b[^.]{0,40}$/i;

/** Openers and labels of an answer, taken off repeatedly. */
function unlabelled(source: string): string {
  let text = source;
  for (let n = 0; n < 6; n++) {
    const next = tidy(text.replace(openers, '').replace(labels, '').replace(closers, ''));
    if (next === text || next === '') return text;
    text = next;
  }
  return text;
}

/** What stands behind each verb, the last first. */
function behindVerbs(text: string): string[] {
  const tails: string[] = [];
  verbs.lastIndex = 0;
  for (let match = verbs.exec(text); match !== null && tails.length < 24; match = verbs.exec(text)) {
    const tail = tidy(text.slice(match.index + match[0].length));
    if (tail !== '') tails.push(tail);
    verbs.lastIndex = match.index + Math.max(1, match[0].length);
  }
  return tails;
}

const remark = /^(.*\S)\s*[(（]([^()（）]*[a-zA-Z\u4e00-\u9fff]{2,}[^()（）]*)[)）]$/s;

/** `177 (see table 3)` without its remark. */
function withoutRemark(text: string): string | undefined {
  const match = remark.exec(text);
  const inner = match?.[2] ?? '';
  if (match === null || choice.test(inner) || /\bbase\b|million|billion|thousand|万|亿/.test(inner)) return undefined;
  // A number in words is no remark: it may contradict the one before it.
  if (/^-?[\d.,]/.test(chineseToDigits(englishToDigits(inner.trim())))) return undefined;
  return tidy(match[1] ?? '');
}

/** `a decrease of 6 people (-6)`: the same number again with its sign. */
const signedAgain = /(\d[\d.,]*)[^()\d]*[(（]([-+]\1)[)）]$/;

const calculation = /^[-+]?\d[^=<>\\]*[-+*/×÷][^=<>\\]*\d[^=<>\\]*=[^=<>\\]*\d[^=<>\\]*$/;

/** `177 crates (150 + 27)`, `15 (40 - 25)`: a number and the calculation that gives it, as one equation. */
const derivation = /^([-+]?[\d.,]+)[^()=\d]*[(（]([-+\d][\d\s.,]*[-+*/×÷][-+*/×÷\d\s.,]*)(?:=\s*\1\s*)?[)）]$/;

function derived(text: string): string | undefined {
  const match = derivation.exec(text);
  return match === null ? undefined : `${match[2]?.trim()} = ${match[1]}`;
}

/** `12 wells - 7 cisterns = 5`, `152-115=37(户)`: the calculation without what is counted. */
function bareCalculation(text: string): string | undefined {
  if (!calculation.test(text)) return undefined;
  const bare = text.replace(/[(（][^()（）\d]*[)）]|[a-zA-Z]{2,}|[\u4e00-\u9fff]+/g, ' ').trim();
  return bare === text ? undefined : bare;
}

/** `5, because ...`, `5 since ...`, `5 which ...`: the reason cut off. */
const reason =
  /\s*[,;，；.。]?\s+(?:because|since|as|which|where|so that|given|due to|by|for|when|after|because of|at which|meaning)\b.*$|[,，；。]\s*(?:因为|由于|其中|所以).*$/is;

/** `not 10 but 12`: what is denied beside what is said instead. */
const denied =
  /(?:\b(?:is|it's)\s+)?\bnot\s+(?:it's not\s+)?[-$]?\d[\d.,]*\s*[,;]?\s*(?:but|which is|it's|it is|rather)\s+/gi;

/** `11 — twenty less nine`: an explanation behind a dash. */
const explained = /\s+(?:[—–]|--)\s+(?=\p{L}+\s).*$/su;
const often: ReadonlyMap<string, string> = new Map([
  ['once', '1'],
  ['twice', '2'],
  ['thrice', '3'],
]);

const longestLine = 2000;

/** The phrases that a line may be reduced to, most literal first. */
export function phrasesOf(source: string): string[] {
  const line = source.slice(-longestLine).replace(denied, ' ');
  const stripped = tidy(
    cleanAnswer(withoutDelimiters(line.replace(endMarks, ' ').replace(emphasis, '').replace(emoji, ''))),
  );
  const phrases = new Set<string>();
  const add = (text: string | undefined): void => {
    if (text !== undefined && text !== '') phrases.add(text);
  };
  add(stripped);
  const bare = unlabelled(stripped);
  add(bare);
  add(often.get(bare.toLowerCase()));
  add(/^(\S+) times$/i.exec(bare)?.[1]);
  if (explained.test(line))
    add(tidy(cleanAnswer(withoutDelimiters(line.replace(emphasis, '').replace(explained, '')))));
  add(withoutRemark(bare));
  add(signedAgain.exec(bare)?.[2]);
  add(bareCalculation(bare));
  if (/[a-zA-Z\u4e00-\u9fff]/.test(bare)) add(derived(bare));
  add(comparison.test(bare) ? tidy(bare.replace(comparison, '')) : undefined);
  const reasoned = tidy(bare.replace(reason, ''));
  add(reasoned);
  if (!negation.test(stripped)) add(onlyEnvironment(line));
  if (negation.test(stripped) && !/\bno\b|not (?:exist|defined)|没有实数|没有解/.test(stripped)) return [...phrases];
  for (const text of [bare, reasoned])
    for (const tail of behindVerbs(text)) {
      add(derived(tail) ?? tail);
      add(withoutRemark(tail));
    }
  return [...phrases];
}

const environment = /\$\$([^$]+)\$\$|\$([^$\n]+)\$|\\\(([\s\S]{1,600}?)\\\)|\\\[([\s\S]{1,600}?)\\\]/g;
const continues =
  /^\s*(?:$|[.,;:!。，；：)]|(?:for|which|where|since|because|when|as|that|by|holds?|satisf|(?:is|are) (?:the|our|my) [a-z ]*(?:solution|answer|result))\b)/i;

/** The one environment of a line with prose around it; nothing where the words behind it may be its unit or magnitude. */
function onlyEnvironment(line: string): string | undefined {
  const found = [...line.matchAll(environment)];
  const [only] = found;
  if (found.length !== 1 || only === undefined || choice.test(line)) return undefined;
  const behind = line.slice((only.index ?? 0) + only[0].length);
  const content = only[1] ?? only[2] ?? only[3] ?? only[4] ?? '';
  if (!continues.test(behind) || /^\s*\d[\d.,]*\s+[a-z]{2,}/i.test(content)) return undefined;
  return tidy(cleanAnswer(content));
}

/** Whether a text offers several answers or doubts its own, in English or Chinese. */
export const statesChoice = (text: string): boolean => choice.test(text);
/** Whether a text denies something, in English or Chinese; then what it names need not be its answer. */
export const isNegated = (text: string): boolean => negation.test(text);

const quantity =
  /(?<![\w.,^_{\\/])[-+]?(?:[$＄€£¥￥]\s?)?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s*\/\s*\d+)?(?:\s*%|\s*(?:thousand|million|billion|trillion|dozen)\b)?/gi;

/** `4 more wells than cisterns`. */
const comparison = /\s+(?:more|fewer|less|higher|lower|larger|smaller|longer|shorter)\b\D*\bthan\b\D*$/i;
/** What happened to what is counted: `177 crates were shipped to the port`. */
const predicate =
  /\s+(?:were|was|are|is|have|has|had|did|got|took|made|came|went|died|left|attended|voted|remained|stood|joined|fell|rose)\b.*$/i;
const bound =
  /^(?:at least|at most|more than|less than|fewer than|greater than|over|under|above|below|up to|no (?:more|less|fewer) than|before|after|since|until|至少|至多|不少于|不超过|不足|超过|多于|少于)\s*[-+$\d]/i;

/** `at least 5`: a bound, and no value. */
export const statesBound = (text: string): boolean => bound.test(text.trim());

/** The one quantity of a sentence that states no other, with the words behind it; undefined where there are several. */
export function soleQuantity(source: string): string | undefined {
  const sentence = source.replace(denied, ' ');
  if (choice.test(sentence) || negation.test(sentence)) return undefined;
  const text = cleanAnswer(withoutDelimiters(sentence.replace(emphasis, '')));
  const found = [...text.matchAll(quantity)];
  const [only] = found;
  if (only === undefined || new Set(found.map((match) => match[0].trim())).size > 1) return undefined;
  if (/[=<>^_\\]/.test(text)) return undefined;
  return tidy(
    (text.slice(only.index ?? 0).split(/,(?!\d)|[;，；。]|\.\s/)[0] ?? '')
      .replace(comparison, '')
      .replace(predicate, ''),
  );
}
