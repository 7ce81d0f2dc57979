/** @file What shows a Chinese name once and for all: the field that it fills, the verb that calls somebody so, what moves to or from it. */
import { surnames } from './chinese-words.ts';
import type { NameKind } from './name.ts';

/** A name that one place of the text proves. */
export interface ProvenName {
  readonly name: string;
  readonly kind: NameKind;
  readonly start: number;
}

const given = '\\p{Script=Han}';
const person = `(?:[${surnames}]${given}{1,2}|[${surnames}]{2}${given}{1,2}|${given}{2})`;
const end = '(?=[ \\t]*(?:$|[\\n，、；。（(|]))';

/** Fields of forms, mastheads and lists of persons: `值班人：尤立冬`. */
const personField = new RegExp(
  `(?:^|[\\n|　 （(，；])(?:姓名|联系人|负责人|值班[人员长]|交班人|接班人|记录人?|主持人?|撰稿人?|撰文|作者|编[者辑]|主编|责编|校对|审[核稿校]人?|记者|通讯员|摄影|采访[者人]?|受访[者人]|口述[者人]?|整理人?|翻译|译者|导演|编剧|经办人|申请人|签[发字]人?|法定代表人|代表人|审判长|审判员|书记员|原告|被告|证人|教师|讲者|演讲[者人]|班长|站长|馆长)[ 　]*[：:][ \\t　]*(${person})${end}`,
  'gu',
);
const placeField = new RegExp(
  `(?:^|[\\n|　 （(，；])(?:地点|地址|会址|位置|所在地|产地|会议地点|采访地点)[ 　]*[：:][ \\t　]*(${given}{2,8}?)(?=[前后内外里中]?[堂厅院室楼门]?[ \\t]*(?:$|[\\n，、；。（(|]))`,
  'gu',
);
const sourceField = new RegExp(
  `(?:来源|出版社|出品|主办|承办|主办单位|承办单位|编制单位|发布单位)[ 　]*[：:][ \\t　]*(${given}{3,14})(?=[ \\t　]|$|[\\n，、；。（(|])`,
  'gu',
);
/** `姑娘叫岑雪`, `名叫阿桂`. */
const called = new RegExp(
  `(?:名叫|叫做|姓名是|名字叫|姑娘叫|孩子叫|他叫|她叫|我叫|人叫|网友[“「])(${person})(?=[，。、”」 ]|的)`,
  'gu',
);

/** No field is filled with these. */
const noPerson = /[先女][生士]$|同上|本人|不详|不明|待定|匿名|集体|[的了是在有个们]/;

/** Field by field; a name that a field gives is a name wherever it stands. */
export function* provenNames(text: string): Generator<ProvenName> {
  const of = function* (pattern: RegExp, kind: NameKind): Generator<ProvenName> {
    for (const match of text.matchAll(pattern)) {
      const name = match[1] ?? '';
      yield { name, kind, start: match.index + match[0].indexOf(name, match[0].search(/[：:叫是“「]/u)) };
    }
  };
  for (const pattern of [personField, called])
    for (const one of of(pattern, 'person')) if (!noPerson.test(one.name)) yield one;
  yield* of(placeField, 'place');
  yield* of(sourceField, 'organisation');
}

const moves =
  '离开|離開|來到|從|来到|回到|走到|赶到|送到|运到|前往|抵达|到达|去往|去过|来自|位于|地处|坐落于|留在|住在|生于|生在|驶向|开往|驶往|逃往|途经|这里是|回|去|在|从|到|往';
const waters = '港屿溪岛江河湖山岭镇村城州县寨堡塘洲湾浦滩坡沟坪桥渡关集墟庄屯';
/** `离开鹭屿`, `从鹿港来`: two characters, of which the second says what kind of place it is. */
const shortPlace = new RegExp(`(?<=(?:${moves})|${given}[县市省镇])(${given}[${waters}])(?!${given}?[区市县镇])`, 'gu');
const anyWater =
  /^[的了是在和上下大小老新旧本该各全此这那出入进海渔商军空我他她你其一二三四五六七八九十两几半过河江山农乡水深高矿火沙机县省州石木铁竹拱吊天路名古孤荒]|^(?:人群|边关|村庄|城关|相关|有关|无关)$/;

/** Places of two characters that the text comes to or from, and how often. */
export function shortPlaces(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = ''] of text.matchAll(shortPlace))
    if (!anyWater.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Titles of products' pages: `# 小满笔记 更新日志`, `轻付开放接口文档`. */
const subject =
  /^#{0,2} ?《?(\p{Script=Han}{2,8}?)》? ?(?:更新日志|更新记录|更新说明|版本记录|变更日志|变更记录|发布说明|开放接口|接口文档|开发文档|开发指南|使用手册|用户手册)/mu;

/** What a changelog or manual is about, if its title says so. */
export function chineseSubject(text: string): string | undefined {
  const name = subject.exec(text.slice(0, 400))?.[1];
  return name === undefined || /^(?:产品|软件|系统|版本|项目|应用|平台|本)/.test(name) ? undefined : name;
}
