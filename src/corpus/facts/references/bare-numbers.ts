/**
 * @file References by the number of a section alone: `the load given in 4.2`, `a rind label (3.4)`, `按5.1处理`, `与3节的数据相符`. Only numbers that
 * a section of the text has, where no unit stands behind them.
 */
import type { Prose } from '../../structure/prose.ts';
import { inProse } from './entries.ts';
import type { Reference } from './reference.ts';
import type { Targets } from './targets.ts';

const bare =
  /(?<=\b(?:given in|stated in|set out in|described in|defined in|specified in|required by|according to|accordance with|comply with|[Ss]ee|under|compared? (?:\w+ )?with|(?:loads?|requirements?|provisions?|conditions?|limits?|methods?|tests?|procedures?) of) )\d{1,2}(?:\.\d{1,2}){1,3}(?!\.?\d|\s?%|\s?(?!(?:to|and|or|is|are|shall|on|before|unless|applies)\b)\p{L})|(?<=\p{L} \()\d{1,2}(?:\.\d{1,2}){1,3}(?=\))/gu;
const inChinese =
  /(?<=[按见照依与和在由如])\d{1,2}(?:\.\d{1,2}){1,3}(?=处理|执行|操作|进行|所述|的规定|规定|，|。|；|）)|(?<=[与见在和由按如])\d{1,2}(?:\.\d{1,2}){0,3}节(?![课车电目日])/gu;

export function bareNumbers(prose: Prose, targets: Targets): Reference[] {
  const { text } = prose;
  if (prose.sections.every(({ number }) => number === undefined)) return [];
  const han = /\p{Script=Han}/u.test(text) ? [...text.matchAll(inChinese)] : [];
  return [...text.matchAll(bare), ...han].flatMap(({ index, 0: label }): Reference[] => {
    const target = inProse(prose, index) ? targets.find('clause', label.replace(/节$/, ''), index) : undefined;
    return target === undefined
      ? []
      : [{ label, to: 'section', target, span: { start: index, end: index + label.length } }];
  });
}
