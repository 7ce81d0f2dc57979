/** @file How Chinese sentences say what a term means: `本法所称X，是指...`, `“X”是指...`, `X（以下简称“Y”）`, `...称为堰顶`. */
import type { Found } from './definition.ts';

const chinese: readonly RegExp[] = [
  /(?:本(?:法|条例|办法|规定|规则|合同|协议|标准|文|指南|章程|细则|准则|公约|通知|书|报告)(?:中|里)?)?(?:所称|所谓|所说的|称为)的?[“"「《]?([^，。；：“”"「」《》\n]{1,30}?)[”"」》]?(?:（[^）]{1,40}）)?[，,]?\s*(?:是指|指的是|系指|就是指|即指|是|指|即|包括)(?=[^，。；])/u,
  /^(?:[^，。；：]{0,20}[，,：:])?[“"「]([^，。；：“”"「」\n]{1,30})[”"」](?:（[^）]{1,40}）)?[，,]?\s*(?:是指|指的是|系指|指|定义为)(?=[^，。；])/u,
  /(?<=^|[\p{Script=Han}，。；：、”])[“"「]([^，。；：“”"「」\n]{1,30})[”"」](?:（[^）]{1,40}）)?[，,]?\s*(?:是指|指的是|系指|指|被?定义为)(?=[^，。；])/u,
  /^(?:\*\*)?([\p{Script=Han}A-Za-z\d·、（）()-]{2,24}?)(?:\*\*)?[，,]?\s*(?:是指|指的是|系指|(?:可|被)?定义为)(?=[^，。；])/u,
];
/** `“冷备份”（即断开网络后保存在本机的备份）`. */
const besideTerm =
  /[“"「]([^“”"「」，。；：\n]{1,20})[”"」](?:（|\()(?:即|亦即|是指|指的?是?)([^）)\n]{3,60})(?=[）)])/u;
/** `“撞券石”是砌在拱券两侧的石块。`, `所谓内控值，是本厂自定的限值`, `叫作“病锅”，就是主人暂寄的锅`. */
const plainly: readonly RegExp[] = [
  /^[“"「]([^“”"「」，。；：\n]{1,16})[”"」]是(?![我你他她它谁不否什怎这那对错真假指])(?=[^，。；？！]{2,50}的[^，。；？！的]{1,8}[，。])/u,
  /^(?:\*\*|__)([^*_\n]{2,20})(?:\*\*|__)(?:（[^）\n]{1,40}）)?是(?![我你他她不否])(?=[^。；？！]{4,60}[。；])/u,
  /^([\p{Script=Han}]{2,8})(?:（[^）\n]{1,40}）)?是(?=[^，。；？！“”我你他她]{3,40}的(?:高度|宽度|深度|厚度|长度|距离|比值|比例|总称|统称|简称|过程|方法|部分|时间|数量|总和|差值|能力|现象|装置|工具|设备|材料|构件|横梁|石块|器具|单位|指标|制度|行为|活动|系统|技术|程度|水位|温度)。)/u,
  /所谓的?[“"「]?([^，。；：“”"「」的\n]{1,10})[”"」]?[，,]\s*(?:就是|即是|便是|乃是|也就是|即(?![使便将可])|是指|是(?!指)(?![我你他她不否]))(?=[^。；？！]{3,60}[，。；])/u,
  /(?:叫作|叫做|称为|称作|唤作)[“"「]([^“”"「」\n]{1,12})[”"」][，,]\s*(?:就是|即|也就是|便是|意思是)(?=[^。；？！]{3,60}[，。；])/u,
  /(?:^|[：:])(?!这|那|它|他|她|我|你|今|昨|明|目前|其|本|该|以上|以下|前者|后者|不|也|就|都|只|还|如)([\p{Script=Han}]{2,6})是(?=(?:一[种个类座条项件]|依|由|用|以|供|位于)[^，。；？！“”]{3,40}的[^，。；？！的]{1,8}。)/u,
  /^(?:[-*•·]\s*)?(?:\*\*|[“"「])([^*“”"「」\n]{1,20})(?:\*\*|[”"」])\s*——\s*(?=[^。；？！]{4,60}[，。；])/u,
  /^([\p{Script=Han}]{2,8})[:：](?=(?:由|指|供|用于|用来)[^，。；：？！“”]{3,40}的[^，。；：？！的]{1,10}。)/u,
];
const noChineseTerm =
  /^(?:这|那|其|它|他|她|也|就|并|不|该|此|我|你|即|所以|因此|意思|而|但|主要|一般|通常|具体|有的|大多)|[了着吗呢]$/;

const chineseMeaningFirst =
  /^(?:(?:我们|人们|通常|一般|习惯上)?[把将])?(?![这那该此其他她它我你])([^，。；：“”\n]{4,40}?)(?:被|统)?(?:称为|称作|叫做|叫作)(?:[“"「]([^，。；“”"「」\n]{1,12})[”"」]|(\p{Script=Han}{2,8}))[。；]/u;

/** `采用射水沉桩，即用高压水冲开泥沙、使木桩借自重下沉的方法`. */
const thatIs =
  /(?:采用|使用|实行|推行|引入|提出|发明|属于|称作|俗称|设立)了?(?!了)([\p{Script=Han}A-Za-z]{2,8}?)，(?:即|也就是|亦即)(?!使|便|将|可|刻|日|时)(?=[^。；？！“”]{4,60}的[^，。；的]{1,6}[，。；])/u;

export function readChinese(words: string): Found | undefined {
  const meant = thatIs.exec(words);
  if (meant?.[1] !== undefined) {
    const meaning = meant.index + meant[0].length;
    const stop = words.slice(meaning).search(/(?<=的[^，。；的]{1,6})[，。；]/u);
    return {
      term: meant[1],
      at: words.indexOf(meant[1], meant.index),
      meaning,
      ...(stop < 0 ? {} : { end: meaning + stop }),
    };
  }
  const inside = besideTerm.exec(words);
  if (inside?.[1] !== undefined && inside[2] !== undefined) {
    const end = inside.index + inside[0].length;
    return { term: inside[1], at: words.indexOf(inside[1], inside.index), meaning: end - inside[2].length, end };
  }
  for (const pattern of plainly) {
    const match = pattern.exec(words);
    const term = match?.[1];
    if (match === null || term === undefined || noChineseTerm.test(term)) continue;
    const meaning = match.index + match[0].length;
    return {
      term,
      at: words.indexOf(term, match.index),
      meaning,
      end: meaning + words.slice(meaning).search(/[，。；](?![^，。；]{0,40}的[^，。；的]{1,8}。)|$/),
    };
  }
  for (const [i, pattern] of chinese.entries()) {
    const match = pattern.exec(words);
    const term = match?.[1];
    if (match === null || term === undefined || noChineseTerm.test(term)) continue;
    // `所谓` alone introduces much else.
    if (i === 0 && /(?:是|即)$/.test(match[0]) && !/是指|系指|^本.*所称/.test(match[0])) continue;
    const own = term.replace(
      /^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:\.\d{1,2})*[.、 ]\s*|[将把])|[（(][^（()）]*[)）]$/gu,
      '',
    );
    if (own === '' || noChineseTerm.test(own)) continue;
    return { term: own, at: words.indexOf(own, match.index), meaning: match.index + match[0].length };
  }
  return undefined;
}

/** The meaning stands first. */
export function readChineseMeaningFirst(words: string): Found | undefined {
  const [whole = '', meaning = '', quoted, plain] = chineseMeaningFirst.exec(words) ?? [];
  if (whole === '') return undefined;
  const term = quoted ?? plain ?? '';
  const from = whole.indexOf(meaning);
  return { term, at: whole.lastIndexOf(term), meaning: from, end: from + meaning.trimEnd().length };
}
