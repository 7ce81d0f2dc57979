/**
 * @file Chinese sentences that say what a thing is: `签样就是...的样张`, `荫房是...的房间`, `种子库即...的总和`, `E5的意思是...`. People and places are told of in
 * this form too: what is meant has to be set off, asked about or brought up just before.
 */
import type { Around } from './around.ts';
import type { Found } from './definition.ts';

const mark = '[“"「『]?';
const closing = '[”"」』]?';
const name = '([\\p{Script=Han}A-Za-z\\d·]{1,10}?)';
/** A rule by which it is meant so. */
const rule = '(?:(?:按照?|根据|依照|依据|照)[^，。；]{2,30}[，,])?';

/** Needs a sign that the text has a term in it. */
const called: readonly RegExp[] = [
  new RegExp(
    `^${rule}${mark}${name}${closing}(?:[啊呀嘛呢])?[，,]?(?:也)?就是(?=[^，。；？！]{4,60}[，。；]|[^，。；？！]{4,60}$)`,
    'u',
  ),
  new RegExp(`^${mark}${name}${closing}的意思(?:就是|是|指)(?:说)?[，：:]?(?=[^。；？！]{4,80}(?:[，。；]|$))`, 'u'),
];
/** Its own form shows it. */
const sure: readonly RegExp[] = [
  new RegExp(
    `(?:^|[。；]\\s*)${mark}${name}${closing}，即(?=[^，。；？！“”我你您他她它]{3,40}的(?:期间|时间|部分|地方|行为|过程|方法|状态|数量|总和|金额|比例)[，。；])`,
    'u',
  ),
  /[“"「『]([^“”"「」『』，。；：\n]{1,16})[”"」』](?:制度|做法|说法|方法|工艺)?——(?=[^—。；？！]{3,40}的[^—。；的]{1,8}——)/u,
  new RegExp(`(?:^|[，。；])${rule}${mark}${name}${closing}(?:是指|系指|指的是)(?=[^，。；]{4,})`, 'u'),
  /[“"「『]([^“”"「」『』，。；：\n]{1,16})[”"」』](?:一[词語语]|这个(?:词|说法)|這個詞)[，,]?(?:就?是?指|意为|意思是|表示|说的是)(?=[^，。；]{3,})/u,
  /(?:叫|称|稱)[作做为為]?[“"「『]([^“”"「」『』，。；：\n]{1,12})[”"」』][，,](?:就?是[说指]|意思是|指的?是?|也就是|就是)(?:[，,])?(?=[^。；？！]{3,60}[，。；])/u,
  /所[谓謂]的?[“"「『]?([^，。；：“”"「」『』的\n]{1,10})[”"」』]?[，,]\s*(?:应该是|應該是|是指|指的是|说的是)(?=[^。；？！]{3,60}[，。；])/u,
];
/** `撞石指形状像船头的石墩`, where the text has spoken of it: a heading, the sentence before. */
const means = new RegExp(
  `^(?:注[：:]\\s?)?${mark}${name}${closing}指(?![出的着向导令示挥引明定点责望控数标])(?=[^，。；？！我你您他她]{5,})`,
  'u',
);
/** Brought up before, and what it is ends with its sort. */
const broughtUp = new RegExp(
  `^${rule}${mark}${name}${closing}(?:[，,]?是|即是?|即为)(?![我你您他她它谁不否什怎这那对错真假最很])(?=([^。；？！“”我你您他她它]{4,60}的([^，。；？！的]{1,8}))[，。；])`,
  'u',
);
/** Persons, places and what somebody did. */
const ofOthers =
  /(?:[人者员家父母儿女妻友师兵民]|[妻儿孩女男弟]子|先生|女士|学生|朋友|老师|城市|地方|时候|时间|事|事情|故事|作品|结果|原因|办法|问题|目的|关键|一个|之一|起点|终点|第.{1,6}|[城市县省国村镇河江湖山岛街路])$/u;
const noTerm =
  /^(?:这|那|其|它|他|她|我|你|您|谁|也|就|并|不|该|此|即|所以|因此|意思|而|但|主要|一般|通常|具体|有的|大多|问题|目的|结果|原因|办法|关键|道理|重点|好处|坏处|前提|最|第|如果|因为|虽然|今|昨|明|现在|当时|后来|前者|后者|本[章节文书])|[了着吗呢吧啊]$|^\d|(?<!^[A-Z]+-?\d*)\d[\p{Script=Han}]{0,2}$|[说道问答想]$|^(?:立|随|当|旋|亦|也|若|如)$/u;

function foundBy(words: string, pattern: RegExp, around: Around, needs: (term: string) => boolean): Found | undefined {
  const match = pattern.exec(words);
  const term = match?.[1];
  if (match === null || term === undefined || noTerm.test(term) || around.isName(term) || !needs(term))
    return undefined;
  const meaning = match.index + match[0].length;
  // The meaning goes on where its sort is yet to come.
  const stop = words.slice(meaning).search(/——|[，。；](?![^，。；]{0,40}的[^，。；的]{1,8}[。，；])|$/);
  return { term, at: words.indexOf(term, match.index), meaning, end: meaning + stop };
}

export function readChinesePlain(words: string, around: Around): Found | undefined {
  const isWithin = (term: string): boolean =>
    around.title.length > term.length && around.title.includes(term.toLowerCase());
  const isCode = (term: string): boolean => /^[A-Z]+-?\d+$/.test(term);
  const above = (term: string): boolean =>
    around.isCalled(term) || around.inDefinitions || (term.length > 1 && isWithin(term));
  for (const pattern of sure) {
    const found = foundBy(words, pattern, around, () => true);
    if (found !== undefined) return found;
  }
  for (const pattern of called) {
    const found = foundBy(
      words,
      pattern,
      around,
      (term) => above(term) || (isCode(term) && around.has(term)) || (term.length > 1 && around.before.includes(term)),
    );
    if (found !== undefined) return found;
  }
  const meant = foundBy(words, means, around, (term) => term.length > 1 && (around.title === term || around.has(term)));
  if (meant !== undefined) return meant;
  const sort = broughtUp.exec(words)?.[3] ?? '';
  if (sort === '' || ofOthers.test(sort)) return undefined;
  return foundBy(words, broughtUp, around, (term) => term.length > 1 && (above(term) || around.before.includes(term)));
}
