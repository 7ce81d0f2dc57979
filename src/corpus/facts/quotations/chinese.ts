/** @file Chinese attribution: `王小明说：`, `她在序言里写道：`, `程知县从坡下过，就问他：`, `研究员乌兰说`, `《井矿杂记》里有一段话：`. */
import { surnames, titlesBefore } from '../names/chinese-words.ts';
import type { Attribution, Beside } from './attribution.ts';

const verb =
  '(?:说道|问道|答道|笑道|喊道|叫道|叹道|骂道|喝道|哭道|回答道?|回复道?|表示|指出|强调|认为|写道|坦言|介绍说?|解释说?|告诉记者|补充道?|反问道?|嘀咕道?|留言说?|写信说?|感叹道?|回忆说?|提醒说?|承认|抱怨道?|吩咐道?|提醒|告诫|嘱咐|叮嘱|劝道?|宣布|呼吁|汇报说?|评价说?|直言|感慨|笑言|讲过|说过|写过|写了|写下|说|讲|道|问|答|曰|云)';
const adverbs =
  '(?:连忙|急忙|赶紧|忽然|突然|立刻|马上|低声|大声|轻声|冷冷地?|慢慢地?|缓缓地?|微微|不禁|于是|接着|便|就|又|忙|也|只|乃|遂|亦|即|因|却|大|急|仍|还|再|一边|曾经?|后来|晚年|当时|当场|常常?|总是?|则|笑着?|怒|喜|惊|叹|泣|哭|答|问|应|谏|叱|喝|骂|奏|告|对|劝|厉声|高声|出|入|私|密|暗|遥|复|再三|点头|摇头|谓[\\p{Script=Han}]{1,3}|\\p{Script=Han}{1,2}声|[对向跟和给][\\p{Script=Han}]{1,5}?|在[\\p{Script=Han}《》]{1,14}?[上中里时])';
/** What is said, after the verb: to whom, and how much. */
const object =
  '(?:着|了|过)?(?:用户|记者|大家|众人|公众|读者|媒体|客户|顾客|我|他|她|我们|他们|一?句话|这样一句话|过?一句话|这么一句)?';
const before = new RegExp(
  `(?:^|[，。！？；：、\\s”」』）*])([\\p{Script=Han}·]{1,24}?)(?:同志|先生|女士)?(?:在[\\p{Script=Han}《》]{1,16}[上中里时])?${adverbs}{0,4}${verb}${object}\\s*[：:，,]?\\s*$`,
  'u',
);
const after = new RegExp(
  `^[，,]?\\s*([\\p{Script=Han}·]{1,24}?)(?:\\p{Script=Han}{1,5}时)?${adverbs}{0,3}(?:说道?|问道?|答道?|回答道?|表示|写道|喊道|叫道|笑道|叹道|补充道?|讲|回忆说?|告诉(?:记者|我们|我)|坦言|感叹道?|解释道?|介绍道?|介绍说|认为)(?=[，。！？；,.]|$)`,
  'u',
);
const colon = new RegExp(`${verb}${object}\\s*[：:]\\s*$`, 'u');
/** `韩师傅原话：`, `社区的老用户有句话：`, `临走之前留下一句话：`, `报出的是一个数字：` */
const phrase =
  /(?:^|[，。！？；：、\s”」』）])([\p{Script=Han}·]{1,8}?)(?:的)?(?:原话|有(?:这么)?(?:一)?句话|常说的(?:一)?句话|(?:临[走终行]时?|后来|当时)?只?留下(?:了|过)?(?:这么)?一句话)(?:是)?\s*[：:]\s*$/u;
const book =
  /(?<!在)(《[^《》]{1,20}》)(?:里|中|上)?(?:有(?:一)?[段句]话|说|写道|云|曰|载|记载|记)[^。：]{0,10}[：:]\s*$/u;

/** Before a pronoun: `后来我跟校长说`. */
const when = /^(?:后来|当时|那时|那天|然后|于是|结果|最后|第二天|有一次|有一天|所以|可是|但是?|不过)(?=[他她我咱俺])/;
const pronoun = /^(?:他|她|他们|她们|我|我们|咱|俺)$/;
const noName =
  /[了着的叫仰付谓告忽略歌诏诗泣言望便乃叱喝骂呼唤命令奏报拜谢应声遣使遂皆亦就是有来去见听闻问答说道曰怒喜叹急笑哭不在把被将与和同对向这那此某诸众二两三四五六七八九十几各每而且但若如因于从以则为一何谁又也都才只忙心之口]|^[他她它我你您其俺吾予余孤朕]|[他她它我你们]$|^(?:人|先生|大家|对方|自己|左右|书|表|后|具|大|顾)$|左右|回顾/u;
/** People by what they are to somebody, or by their work. */
const person =
  /^(?:我|他|她|咱)?(?:[\p{Script=Han}]{1,5}的)?(?:有一?[个位名])?(?:老|小)?(?:师父|师傅|老师|妈|妈妈|娘|爸|爸爸|爹|父亲|母亲|爷爷|奶奶|外公|外婆|祖父|祖母|哥哥|姐姐|弟弟|妹妹|丈夫|妻子|儿子|女儿|老伴|老汉|老人|老头|老太太|大爷|大娘|工头|掌柜|老板|店主|司机|出租车司机|学生|工友|邻居|同事|朋友|作者|编者|医生|护士|用户|老用户|村长|船长|船工|渔民|农民|厂长|校长|局长|县官|知县|法官|律师|记者|发言人|负责人|店员|服务员|老人家|老先生|老船工|老艺人)$/u;
/** `投诉信说：` */
const letter = /^\p{Script=Han}{0,4}(?:来信|回信|诉信|公告|通知|声明|通报|告示|短信)$/u;
/** A name with what somebody is. */
const titled =
  /^\p{Script=Han}{1,3}(?:先生|女士|教授|博士|主任|局长|校长|经理|书记|市长|老师|医生|记者|师傅|知县|掌柜|老太爷|老爹|大爷|大娘|队长|站长|镇长|县长|董事长)$/u;
/** `负责勘察的考古队长魏澜`: the name at the end of what says who it is, where the text has it again. */
const role =
  /^(?:市民|村民|居民|乘客|游客|记者|队长|店主|老板|教师|学生|老师|校长|院长|司机|工人|船长|总经理|董事长|局长|负责人)(?=\p{Script=Han}{2,4}$)/u;
const surname = new RegExp(`^[${surnames}]`, 'u');
const addressed = new RegExp(
  `(?<=\\p{Script=Han})[${surnames}](?:师傅|老师|医生|大夫|主任|经理|教授|队长|所长|老板|阿姨|大爷|大妈|奶奶|爷爷)$`,
  'u',
);
/** A name behind what somebody is: `草原生态研究所的研究员乌兰`, `地理学家徐文伯`. */
const behindTitle = new RegExp(
  `(?:${titlesBefore}|[家员长师者授士]|负责人|发言人|主持人|代表|商)(?!史)(\\p{Script=Han}{2,4})$`,
  'u',
);
/** `用户“周末种树”留言说：` */
const account =
  /(?:用户|网友|读者|客户)[“「]([^”」]{1,16})[”」](?:[\p{Script=Han}]{0,6})?(?:说|写道|留言|评论|反馈)(?:道|说)?[：:]\s*$/u;

/** What is known of names in the text. */
export interface KnownNames {
  has(name: string): boolean;
  /** Whether words stand in the text twice. */
  again(words: string): boolean;
  /** Given names and surnames by which known persons are called for short; they come often. */
  isShort(word: string): boolean;
}

/** The name that ends the words; the whole where none is known. */
function ownName(known: KnownNames, whole: string): string {
  const words = whole.replace(role, '');
  for (let length = Math.min(6, words.length - 1); length >= 2; length--)
    if (known.has(words.slice(-length)) && !noName.test(words.slice(-length))) return words.slice(-length);
  const called = behindTitle.exec(words)?.[1];
  if (
    called !== undefined &&
    called.length < words.length &&
    !noName.test(called) &&
    (surname.test(called) || known.again(called))
  )
    return called;
  // `水电工王师傅`: a surname with what people call somebody.
  const address = addressed.exec(words)?.[0];
  if (address !== undefined) return address;
  if (words.length <= 4) return words;
  const ends = [words.slice(-3), words.slice(-2)];
  return ends.find((end) => surname.test(end) && !noName.test(end) && known.again(end)) ?? words;
}

/** Whether words before a verb of speech name a person. */
function isPerson(known: KnownNames, speaker: string): boolean {
  if (/[曰道说云]$/.test(speaker)) return false;
  if (known.has(speaker) || titled.test(speaker)) return true;
  if (noName.test(speaker) || speaker.length > 4) return false;
  if (speaker.length < 2) return known.isShort(speaker);
  return (surname.test(speaker) && speaker.length < 4) || known.again(speaker);
}

function reading(known: KnownNames, words: string, at: number, end?: number): Attribution {
  const behind = end === undefined ? {} : { end };
  const me = words.replace(when, '');
  if (pronoun.test(me)) return { speaker: me, how: 'pronoun', at: at + words.length - me.length, ...behind };
  if (person.test(words) || letter.test(words)) return { speaker: words, how: 'description', at, ...behind };
  // Behind what somebody is, a name may have characters that are words too: `学者温以宁`.
  const called = behindTitle.exec(words)?.[1];
  if (called?.length === 3 && surname.test(called) && known.again(called) && !/[的了着在有是们]/.test(called))
    return { speaker: called, how: 'name', at: at + words.length - called.length, ...behind };
  const speaker = ownName(known, words);
  return isPerson(known, speaker)
    ? { speaker, how: 'name', at: at + words.length - speaker.length, ...behind }
    : { speaker: undefined, how: 'nobody', at, ...behind };
}

/** The clauses before a verb of speech without a subject: who does what they tell begins their sentence. */
const subjectless = new RegExp(
  `[，,](?:就|便|又|才|于是|然后|也|还|只)?(?:(?:[对向跟给][\\p{Script=Han}]{1,4}|[\\p{Script=Han}]{0,4}之前)?${verb}${object}|留下(?:了)?一句话)[：:]\\s*$`,
  'u',
);
const sentenceStart = /[。！？；\n”」』][^。！？；\n”」』]*$|^[^。！？；\n”」』]*$/u;

/** Characters of a sentence that tells what somebody does as he speaks. */
const longestDeed = 18;
/** `姜有余把眼一瞪：“…”`: in a story a colon behind what somebody does; what stands somewhere in writing nobody says. */
const deed = /[：:]\s*$/;
const written = /[写印贴刻题标念叫称][着有做作为]|[书信纸牌碑]上?[：:]|有[：:]/;

function fromSentence(known: KnownNames, { text, outer, from, words: said }: Beside): Attribution | undefined {
  const ahead = text.slice(Math.max(from, outer.start - 120), outer.start);
  const start = sentenceStart.exec(ahead);
  // What stands behind a speaker's label is told of others.
  if (start === null || /[：:]./u.test(start[0].trimEnd())) return undefined;
  const acts =
    deed.test(ahead) && /[。！？…，]$/.test(said) && start[0].length <= longestDeed && !written.test(start[0]);
  if (!subjectless.test(ahead) && !acts) return undefined;
  const skip = /^[。！？；\n”」』\s]*/u.exec(start[0])?.[0].length ?? 0;
  const sentence = start[0].slice(skip);
  const at = outer.start - sentence.length;
  // `他听说寻人，便把灯芯挑亮了些，问道：`
  const he = acts ? undefined : /^[他她](?=\p{Script=Han}{2})/u.exec(sentence)?.[0];
  if (he !== undefined && !/[，,][他她]/.test(sentence)) return { speaker: he, how: 'pronoun', at };
  for (let length = 6; length >= 2; length--) {
    const words = sentence.slice(0, length);
    // Who is told of in the next clauses may be another.
    const others = sentence.slice(length).split(/[，,]/).slice(1);
    // `统计局负责人龚望舒说`: another's office.
    if (
      /^[\p{Script=Han}]{0,8}(?:负责人|主任|局长|处长|科长|发言人|书记|[家员长师])\p{Script=Han}/u.test(
        sentence.slice(length),
      )
    )
      continue;
    const named = known.has(words) || titled.test(words);
    if ((named || (!acts && person.test(words))) && others.every((clause) => !/^[他她]/.test(clause)))
      return { speaker: words, how: named ? 'name' : 'description', at };
  }
  return undefined;
}

/** `“不忙。”秦有福把绳子一丢，“河心有冰。”`: what one does who speaks before it and behind. */
function actsBetween(known: KnownNames, { text, outer, to, words }: Beside): Attribution | undefined {
  const between = text.slice(outer.end, Math.min(to, outer.end + longestDeed + 8));
  if (outer.end + between.length !== to || !/^["“「『]/.test(text.slice(to, to + 1))) return undefined;
  if (!/[，。！？…]$/.test(words) || !/^[^。！？；：“”"说道问答喊讲]{3,}[，,]\s*$/u.test(between)) return undefined;
  for (let length = 4; length >= 2; length--) {
    const name = between.slice(0, length);
    if (known.has(name) && !/^[和与跟同对向]/u.test(between.slice(length)))
      return { speaker: name, how: 'name', at: outer.end, end: to };
  }
  return undefined;
}

/** `他回忆说，水“离窗台只差一块砖”。`: the end of a sentence that is told is in his own words. */
const endOfTold = new RegExp(
  `(?:^|[，。！？；：\\s”」』）])([\\p{Script=Han}·]{1,24}?)${adverbs}{0,3}${verb}[，,](?!所谓)\\p{Script=Han}{1,8}$`,
  'u',
);
/** Characters; what is shorter between marks is a term. */
const leastTold = 6;

function toldAtEnd(
  known: KnownNames,
  { text, outer, words }: Beside,
  ahead: string,
  at: number,
): Attribution | undefined {
  const match =
    words.length < leastTold || !/^[。，！]/.test(text.slice(outer.end, outer.end + 1)) ? null : endOfTold.exec(ahead);
  if (match?.[1] === undefined) return undefined;
  const read = reading(known, match[1], at + match.index + match[0].indexOf(match[1]));
  return read.how === 'nobody' ? undefined : read;
}

/** Undefined where no words beside it say that somebody speaks. */
export function chineseAttribution(known: KnownNames, beside: Beside): Attribution | undefined {
  const { text, outer, from, to } = beside;
  const at = Math.max(from, outer.start - 40);
  const ahead = text.slice(at, outer.start);
  const user = account.exec(ahead);
  if (user?.[1] !== undefined) return { speaker: user[1], how: 'name', at: at + user.index + user[0].indexOf(user[1]) };
  const lead = phrase.exec(ahead) ?? before.exec(ahead);
  const read =
    lead === null ? undefined : reading(known, lead[1] ?? '', at + lead.index + lead[0].indexOf(lead[1] ?? ''));
  if (read !== undefined && read.how !== 'nobody') return read;
  const source = book.exec(ahead);
  if (source?.[1] !== undefined) return { speaker: source[1], how: 'name', at: at + source.index };
  const told = fromSentence(known, beside);
  if (told !== undefined) return told;
  if (read !== undefined || colon.test(ahead)) return { speaker: undefined, how: 'nobody', at };
  const behind = text.slice(outer.end, Math.min(to, outer.end + 40));
  const trail = after.exec(behind);
  if (trail === null) return actsBetween(known, beside) ?? toldAtEnd(known, beside, ahead, at);
  return reading(known, trail[1] ?? '', outer.end + trail[0].indexOf(trail[1] ?? ''), outer.end + trail[0].length);
}
