/**
 * @file Units that no list has: `kN`, `s/day`, `crowns`, `metres above datum`, `экз.`, `株`. A word of an heading in brackets is one unless it
 * says how the figures were taken.
 */

const scaleWord =
  /^(thousands?|millions?|billions?|тыс\.?|млн\.?|млрд\.?|miles de|millones de|milliers de|Tsd\.?|Mio\.?|Mrd\.?|천|백만|만|억)(?: of)? ?(?=\S)/;
const scaleOf: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  тыс: 1e3,
  млн: 1e6,
  млрд: 1e9,
  'miles de': 1e3,
  'millones de': 1e6,
  'milliers de': 1e3,
  Tsd: 1e3,
  Mio: 1e6,
  Mrd: 1e9,
  천: 1e3,
  만: 1e4,
  백만: 1e6,
  억: 1e8,
};

/** How figures were taken, what of, and when: no units. */
const noUnits = new Set(
  `net gross total totals sum estimated estimate est approx average avg mean median min max minimum maximum unaudited audited restated forecast actual plan
  planned projected provisional prov male female men women real nominal adjusted cumulative annual annually yearly monthly daily weekly quarterly rounded
  including excluding incl excl before after old new optional required continued cont note notes see left right upper lower first second high low all peak
  base baseline target budget revised preliminary weighted unweighted range log sd se ci iqr wet dry cold hot other others only each both none unknown
  various selected changes change rank index score rate ratio share yes no left-hand right-hand final initial mixed various draft expected observed
  previous current latest same dataset model ours baseline control treatment group age type name code status`.split(
    /\s+/,
  ),
);
const noHanUnits =
  /^(?:含税|不含税|合计|累计|平均值?|预计|估计|同比|环比|年末|年初|期末|期初|男|女|新|旧|上|下|左|右|注|净额|总额|合并|母公司|调整.|小计|试行|其中|税込|税抜|予定|見込|前年比|잠정|추정|예상|누적|평균|전체)$/;
const hanUnit =
  /^[十百千万亿]*(?:元|美元|欧元|円|米|克|吨|升|度|瓦|伏|安|赫|小时|分钟?|秒|天|日|月|年|岁|周|人|户|个|名|项|件|台|辆|家|套|所|次|倍|株|头|只|条|张|本|册|篇|座|处|艘|箱|袋|瓶|盒|亩|公顷|里|公里|站|票|份|幢|栋|间|床位?|场|班|节|级|斤|公斤|两|尺|寸|枚|匹|羽|尾|颗|粒|桶|担|门|位|股|手|点|分贝|毫米|厘米|平方米|立方米|册次|人次|步|千克|毫升|百分点|标准煤)(?:[/／每](?:[百千万]?)\p{Script=Han}{1,3}){0,2}$/u;

/** A word that may be a unit: small letters, a sign, or capitals inside of it as in `kN`, `MWh`. */
const mayBe = (word: string): boolean =>
  /^(?:\p{Ll}[\p{L}\d²³]*\.?|[°℃℉%‰$€£¥µμΩ]\p{L}{0,3}|\p{Lu}?\p{Ll}{0,2}\p{Lu}\p{Ll}?|\p{Lo}[\p{L}\p{M}]*|\p{L}{0,3}[²³23])$/u.test(
    word,
  ) && !noUnits.has(word.toLowerCase().replace(/\.$/, ''));

/** A unit of at most four words, or of two over a stroke. */
export function openMeasure(words: string): { readonly unit: string; readonly scale?: number } | undefined {
  const text = words.trim();
  const scaled = scaleWord.exec(text);
  const unit = scaled === null ? text : text.slice(scaled[0].length);
  const scale = scaleOf[(scaled?.[1] ?? '').replace(/s$|\.$/, '')];
  if (
    unit === '' ||
    unit.length > 30 ||
    /^\d|^[a-zA-Z]$|^(?:as|at|by|for|from|in|of|on|the|to|with|without|per)\b/i.test(unit)
  )
    return undefined;
  if (/^\p{Script=Han}/u.test(unit)) return hanUnit.test(unit) ? whole(unit, scale) : undefined;
  if (noHanUnits.test(unit)) return undefined;
  const parts = unit.split(/[\s/·]+/);
  return parts.length <= 4 && parts.every(mayBe) ? whole(unit, scale) : undefined;
}

const whole = (unit: string, scale: number | undefined): { readonly unit: string; readonly scale?: number } =>
  scale === undefined ? { unit } : { unit, scale };
