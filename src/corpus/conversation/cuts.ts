/** @file Lines that end a speech and name no speaker: scenes, headings, rules, notices of chats, and who asks from here on. */
import type { Line } from './lines.ts';
import type { Cut } from './marks.ts';
import { honorific } from './speakers.ts';

const number =
  '(?:[IVXLC]+\\b|\\d+|(?:[Tt]he )?(?:FIRST|SECOND|THIRD|FOURTH|FIFTH|LAST|PREMIER|PREMI[EÈ]RE|ONE|TWO|THREE|FOUR|FIVE|First|Second|Third|Fourth|Fifth|Last|One|Two|Three|Four|Five)\\b)';
const act = `(?:(?:ACTE?|Acte?) ${number}|A(?:CTUS|ctus) \\p{Lu}\\p{L}+)`;
const scene = `(?:(?:SC[EÈ]NE|Sc[eè]ne|SZENE|Szene) ${number}|(?:SCENE|Scene)(?= ?[.:—–-])|S(?:C|c)o?(?:e|E)?(?:NA|na) \\p{Lu}\\p{L}+|第[一二三四五六七八九十百\\d]{1,4}[幕场景])`;
const sceneLine = new RegExp(`^(?:#{1,6} +)?[*_[(]{0,3}(?:${act}|${scene}|(?:INT|EXT|I/E)[.][ /])`, 'u');
const sceneMark = new RegExp(`^(?:#{1,6} +)?[*_[(]{0,3}(?:(?:${act}|${scene})[\\s.,:;—–*_-]*)+`, 'u');
const between = /^(?:(?:THE )?(?:PROLOGUE|EPILOGUE|INDUCTION)|(?:The )?(?:Prologue|Epilogue|Induction)|序幕|尾声)\.?$/;
const cast =
  /^(?:#{1,6} +)?[*_]{0,2}(?:dramatis personae|persons? (?:represented|of the (?:play|drama))|the persons|characters?(?: of the play| in the play)?|cast(?: of characters)?|人物表?)[.:：*_]*$/i;
const ending =
  /^(?:#{1,6} +)?[—–─]{0,3}[*_(（〔]{0,2}(?:THE END|The End|FINIS|Finis|CURTAIN|Curtain|\(?Curtain\)?|幕落|落幕|幕徐落|幕闭|剧终|全剧终|END OF .{0,60}|End of .{0,60}|\*\*\* ?END .*)[.)）〕。*_]*$/;
const heading = /^#{1,6} \S/;
const rule = /^(?:[-*_=~•] ?){3,}$/;
const page = /^[[(-]? ?(?:(?:[Pp](?:g|age|AGE)?\.? )?\d{1,4}|Page \d+ of \d+) ?[\])-]?$/;
const by = new RegExp(
  `^(?:(?:[A-Z-]*EXAMINATION(?:-IN-CHIEF)?|Q(?:UESTIONS?|uestions?)|(?:[A-Z]+-)?EXAMINED|(?:[A-Z]\\p{Ll}+[- ])?[Ee]xam(?:ined|ination)(?:[- ]in[- ][Cc]hief)?)[,:]? )?(?:BY|By|by) ((?:${honorific}\\.? |THE )[\\p{Lu}][\\p{L}.'’ -]{1,40}?):?$`,
  'u',
);
const capitalName = "\\p{Lu}[\\p{Lu}.'’-]+(?: \\p{Lu}[\\p{Lu}.'’-]*){1,4}";
/** `TOMAS VARGA, having been first duly sworn`, `MR TOMAS VARGA (affirmed)`, `DEPOSITION OF TOMAS VARGA`. */
const sworn = new RegExp(
  `^(?:(${capitalName})(?:,? [([]?(?:re)?(?:sworn|affirmed|called|recalled)[)\\]]?\\.?$|,? (?:having|being|was|after|called|recalled|a witness|the witness|first|duly|sworn|produced)\\b)|(?:[A-Z-]+ ){0,3}(?:DEPOSITION|TESTIMONY) OF (?:${honorific}\\.? )?(${capitalName})$)`,
  'u',
);
/** Where a record turns from one matter to the next. */
const recordLine =
  /^(?:(?:DIRECT |CROSS[- ]|RE-?(?:DIRECT|CROSS)[- ]?)?EXAMINATION\b.{0,60}|(?:Prepared |Opening )?STATEMENT OF .*|Whereupon,.*|[[(]Whereupon,.*)$/;
/** What a record tells of itself in a paragraph of its own, and papers printed between speeches. */
const told =
  /^[([*_]{0,2}(?:The (?:[Cc]ommittee|[Hh]earing|[Ss]ession|[Mm]eeting|[Ss]itting|[Pp]anel|[Hh]ouse|[Cc]ourt|[Cc]ommission|[Cc]ouncil|[Bb]oard|[Ii]nquiry|[Tt]ribunal|[Pp]roceedings) (?:was |were |then |has |stood )?(?:suspended|adjourned|resumed|reconvened|rose|ended|closed|concluded|withdrew|divided|deliberated)\b|Sitting suspended|On resuming|The witness(?:es)? withdrew|(?:\p{Lu}{2,5} ?\d{2,5}[.:]? )?(?:Letter|Memorandum|Written (?:evidence|statement)|Supplementary (?:evidence|letter)) (?:from|by|of) \p{Lu})/u;
const notice =
  /^(?:\*{3} |-!- |--> |<-- |→ |← |--- (?:Log|Day|\d)|={2,3} |\* \S+ (?:has |is now |sets |changes )|.{1,40}(?:님이 (?:들어왔|나갔|초대)|撤回了一条消息|加入了?群聊|邀请.{1,30}加入)|(?:New messages?|Unread)\b|[-—]{2,} ?.{1,40} ?[-—]{2,}$)/;
const dated =
  /^[-–— ]*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2}(?:st|nd|rd|th)?)?,?(?: \d{4})?[-–— ]*$/;

/** Where a scene plays, from the words behind its number. */
function placeOf(words: string): string | undefined {
  const place = words
    .replace(sceneMark, '')
    .replace(/[[(].*$/s, '')
    .replace(/[*_\])]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return place === '' ? undefined : place.replace(/(?<!\b(?:St|Mr|Mrs|Dr))\.$/, '');
}

/** A scene's heading goes on to the end of its paragraph. */
const longestScene = 300;

function sceneOf(text: string, line: Line): Cut {
  const blank = text.slice(line.start, line.start + longestScene).search(/\n\s*\n/);
  const end = heading.test(line.words) || line.beforeBlank || blank < 0 ? line.end : line.start + blank;
  const words = placeOf(text.slice(line.start, end));
  return { kind: 'scene', start: line.start, end: line.end, ...(words === undefined ? {} : { words }) };
}

const cut = (kind: Cut['kind'], { start, end }: Line): Cut => ({ kind, start, end });

/** The cut that a line is; undefined for most. */
export function cutOf(text: string, line: Line): Cut | undefined {
  const { words } = line;
  if (line.afterBlank && line.beforeBlank && told.test(words)) return cut('rule', line);
  if (sceneLine.test(words)) return sceneOf(text, line);
  if (words.length > 100) return undefined;
  if (cast.test(words)) return cut('cast', line);
  if (between.test(words) && line.beforeBlank) return cut('scene', line);
  if (ending.test(words)) return cut('rule', line);
  if (heading.test(words)) return cut('heading', line);
  if (rule.test(words)) return cut('rule', line);
  if (page.test(words)) return cut('page', line);
  const asks = by.exec(words)?.[1];
  if (asks !== undefined) return { ...cut('by', line), words: asks.trim() };
  const witness = sworn.exec(words);
  if (witness !== null) return { ...cut('sworn', line), words: witness[1] ?? witness[2] ?? '' };
  if (recordLine.test(words)) return cut('rule', line);
  return notice.test(words) || dated.test(words) ? cut('notice', line) : undefined;
}
