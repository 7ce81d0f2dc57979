/**
 * @file Stage directions within a speech: in brackets, in parentheses, in italics, on a line of their own. They are said by nobody. In
 * plays they may stand anywhere; in transcripts only where no speech would be put in parentheses; in chats people write such words.
 */
import type { Span } from '../document.ts';

/** How much of a speech in brackets is a direction. */
export type Staging = 'play' | 'transcript' | 'chat';

const bracket = /\[[^[\]]{1,600}\]|\[[^[\]\n]{1,200}(?=\n|$)|【[^【】\n]{1,200}】|〔[^〔〕\n]{1,300}(?:〕|(?=\n|$))/g;
const italic =
  /(?<![\p{L}\p{N}*_])([*_])(?![\s*_])[^*_\n]{1,400}(?:\n[^*_\n]{1,200}){0,4}(?<!\s)\1(?![\p{L}\p{N}*_])/gu;
const parenthesis = /[_*]?[(（][^()（）]{1,400}[)）][_*]?/g;
/** What is done while speaking: a word or two of it, in English, French and German, or Chinese with what is done anywhere in it. */
const acting =
  /^[_*]*[([（【][_*]*(?:(?:rires?|rit|elle|il|sourit|silence|applaudissements|un temps|lacht|lachen|lachend|weint|leise|beifall|ab\b|pause|seufzt)\b[^)\]]{0,40}[)\]]|[^（()）]{0,8}(?:笑|掌[声聲]|鼓掌|停[顿頓]|沉默|哭|[叹嘆]|喝[茶水酒]|点头|點頭|摇头|搖頭|起身|咳|指着|指著|拿起|站起|坐下)[^（()）]{0,8}[)）】]|aside|exit|exeunt|enter|to |laugh|smil|sigh|paus|rising|rises|sings?|singing|reads?|reading|kneel|kiss|weep|cr(?:ies|ying)|whisper|shout|turn|look|point|within|beat|applause|cheer|crosstalk|inaudible|indiscernible|silence|draws|dies|sits|stands|takes|gives|he |she |they |笑|鼓掌|掌声|停顿|沉默|哭|叹|向|对|指|走|站|坐|看|旁白|上|下|起身|回头)/iu;
const stage =
  /^(?:(?:Re-?)?[Ee]nter(?:s|ing)?\b[ ,:]|Exit\b|Exeunt\b|Ex[ei]t\.|Manent?\b|Alarum|Alarms?\b|Flourish\b|Sennet\b|Retreat\b|Trumpets?\b|Thunder\b|Drums?\b|Dies\b|Hautboys\b|Excursions\b|They (?:fight|play|draw|embrace|kiss)\b|\*(?:Enter|Exit|Exeunt|Re-?enter)\b|_(?:Enter|Exit|Exeunt|Re-?enter)\b)/;

const within = (text: string, { start, end }: Span, pattern: RegExp): Span[] =>
  Array.from(text.slice(start, end).matchAll(pattern), (match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));

/** Whether nothing else stands on its lines. */
function isAlone(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  return /(?:^|\n)[ \t]*$/.test(before) && /^[ \t.]*(?:\n|$)/.test(text.slice(end, end + 40));
}

/** Somebody who is told by name in capitals what to do: `The CARTERS go out.`, `AGATHA looks at the key. She laughs.` */
const doing = /(?<![\p{L}\d])\p{Lu}{3,}(?![\p{L}\d])/u;
/** Where somebody speaks of himself or to somebody. */
const speaking =
  /(?<!\p{L})(?:I|you|my|your|thou|thy|thee|we|our|us|me|ich|du|wir|je|tu|vous|nous)(?!\p{L})|[我你您咱]|[?!？！]/iu;

/** Paragraphs of a play that stand by themselves within a speech and tell what somebody does. */
function doings(text: string, region: Span): Span[] {
  const found: Span[] = [];
  for (const { index, 0: gap } of text.slice(region.start, region.end).matchAll(/\n[ \t]*\n\s*/g)) {
    const start = region.start + index + gap.length;
    const length = text.slice(start, region.end).search(/\n[ \t]*\n/);
    const end = length < 0 ? region.end : start + length;
    const words = text.slice(start, end).trimEnd();
    const tells = words.length <= 600 && /^\p{Lu}/u.test(words) && /\p{Ll}[.)]$/u.test(words);
    if (tells && doing.test(words) && !speaking.test(words) && !/^\p{Lu}[\p{Lu} '’-]+[.:]/u.test(words))
      found.push({ start, end: start + words.length });
  }
  return found;
}

/** Lines such as `Enter TOBIAS, wet.` from their first word to the end of the paragraph or of the line. */
function stageLines(text: string, region: Span): Span[] {
  const found: Span[] = [];
  let at = region.start;
  while (at < region.end) {
    const stop = text.indexOf('\n', at);
    const end = stop < 0 || stop > region.end ? region.end : stop;
    const line = text.slice(at, Math.min(end, at + 80));
    const first = at + line.length - line.trimStart().length;
    if (at > region.start && stage.test(line.trimStart())) {
      const afterBlank = /\n\s*\n\s*$/.test(text.slice(Math.max(0, first - 20), first));
      const blank = afterBlank ? text.slice(first, Math.min(region.end, first + 600)).search(/\n\s*\n/) : -1;
      const until = blank < 0 ? (afterBlank ? Math.min(region.end, first + 600) : end) : first + blank;
      found.push({ start: first, end: until });
      at = until;
    }
    const next = text.indexOf('\n', at);
    at = next < 0 ? region.end : next + 1;
  }
  return found;
}

/** Spans in order, without those inside others. */
function outermost(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end))
    if (span.start >= (kept.at(-1)?.end ?? -1)) kept.push(span);
  return kept;
}

/** A direction of a play between two sentences: nobody speaks in it of himself, or to somebody. */
function isBetween(text: string, { start, end }: Span): boolean {
  if (end - start > 120 || !/[.!?…。！？；—”"’]\s*$/u.test(text.slice(Math.max(0, start - 3), start))) return false;
  return !speaking.test(text.slice(start, end));
}

/** @param region What stands between a speaker's name and the next one's. */
export function directionsIn(text: string, region: Span, staging: Staging): Span[] {
  if (staging === 'chat') return [];
  const words = text.slice(region.start, region.end);
  const lead = region.start + words.length - words.trimStart().length;
  const isAside = (span: Span): boolean =>
    span.start <= lead ||
    isAlone(text, span) ||
    acting.test(text.slice(span.start, Math.min(span.end, span.start + 60))) ||
    (staging === 'play' && isBetween(text, span));
  const round = /[(（]/.test(words) ? within(text, region, parenthesis).filter(isAside) : [];
  const square = /[[【〔]/.test(words) ? within(text, region, bracket) : [];
  if (staging === 'transcript') return outermost([...round, ...square.filter(isAside)]);
  const slanted = /[*_]/.test(words)
    ? within(text, region, italic).filter((span) => span.start <= lead || isAlone(text, span))
    : [];
  return outermost([...stageLines(text, region), ...doings(text, region), ...square, ...round, ...slanted]);
}
