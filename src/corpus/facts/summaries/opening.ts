/**
 * @file The paragraph near the beginning that says what the whole is, where other things stand around it: a line of links, a box of facts, the
 * source. It speaks of itself (`This workbook shows ...`, `本表反映...`, `会议听取了...`) or begins with the subject of the title.
 */
import { type Prose, spanAt } from '../../structure/prose.ts';
import { isProse, length } from './extents.ts';
import type { Summary } from './summary.ts';

/** Characters and paragraphs in which it stands. */
const head = { characters: 4000, paragraphs: 14 };
const fewest = 8;

const speaksOfItself =
  /^[*_]{0,2}(?:This (?:workbook|report|sheet|spreadsheet|data ?set|page|document|guide|handbook|manual|memo|paper|survey|table|file|newsletter|leaflet|brief(?:ing)?|bulletin|note|package|library|module|tool|presentation|deck|submission|review|letter) (?:shows|describes|explains|tells|gives|sets out|presents|summari[sz]es|reports|covers|lists|introduces|records|looks at|examines|asks|brings together|contains)\b|本(?:表|报告|手册|资料|工作簿|通报|简报|公报|公告|说明书?|数据集|文档|指南|课件|期)(?:主要)?(?:反映|显示|介绍|汇总|说明|列出|给出|概述|记录|展示|汇集|收录)|会议(?:听取|研究|审议|讨论|通报|传达)了)/;
/** Behind the subject: its days, or what it is. */
const isTold =
  /^[*_]{0,3}(?:\s?[(（][^()（）\n]{3,120}[)）])?(?:, (?:(?:also|formerly|once|originally|better|sometimes|locally) )?(?:known as|called) [^,\n]{2,50}(?=,)|，(?:[旧又亦别原古简俗也][称名]|也叫)[^，。\n]{2,30}(?=，))?[,，]?\s?(?:(?:is|was|are|were) (?:an?|the|one)\b|是(?:一|[^，。\n]{2,30}的)|为[^，。\n]{2,20}[，。]|[^，。\n]{1,16}人，)/;

const ends = /[.。!](?:\[\d+\])?["”’」*_]*$/;

function begins(words: string, title: string): boolean {
  const plain = words.replace(/^[*_]{0,3}(?:The |An? )?[*_]{0,3}/, '');
  const subject = title.replace(/ ?[（(][^)）]*[)）]$/, '');
  if (subject.length > 1 && plain.startsWith(subject)) return isTold.test(plain.slice(subject.length));
  // `清岳Q6是一台...` below `清岳Q6台式净饮机使用说明书`.
  const named = /^([\p{L}\d -]{3,40}?)(?= is an? |是一[款种台个套部])/u.exec(plain)?.[1];
  return named !== undefined && subject.startsWith(named);
}

export function openingStatement(prose: Prose): Summary[] {
  const { text, paragraphs, sections, lists } = prose;
  const title = sections[0]?.title ?? '';
  const second = sections[1]?.span.start ?? head.characters;
  const stop = Math.min(second, head.characters);
  const items = lists.map(({ span }) => span);
  const block = paragraphs
    .slice(0, head.paragraphs)
    .filter(({ start, end }) => start < stop && end - start < 1500 && spanAt(items, start) === undefined)
    .find((span) => {
      const words = text.slice(span.start, span.end);
      return (
        (speaksOfItself.test(words) || begins(words, title)) &&
        ends.test(words) &&
        length(words) >= fewest &&
        isProse(prose, span, fewest)
      );
    });
  if (block === undefined || text.length < 3 * (block.end - block.start) || sections.length + prose.tables.length < 2)
    return [];
  return [{ kind: 'description', span: block, cut: block, of: { start: 0, end: text.length } }];
}
