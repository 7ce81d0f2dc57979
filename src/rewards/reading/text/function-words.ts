/**
 * @file Words that say nothing by themselves: what may stand beside an answer in a sentence that states it.
 */
const english = `a an the this that these those it its they them their there here he she his her him we our us i my you your one ones
is are was were be been being am has have had having do does did done will would shall should must can get gets got
in on at of to for from by with as into onto upon within during after before since until through about around between among along near
and then next so thus therefore hence also both all each only just first second third fourth fifth sixth seventh eighth ninth tenth last
lastly finally final followed following follows precedes preceded came comes come goes went begins began starts started ends ended
which who whom whose what where when why how according per text passage document context source above below given stated states says
said mentions mentioned described indicates shows shown found listed list named called known identified answer answers result results
value values name names item items correct right exact exactly order ordered ranking ranked rank sequence top highest lowest best most
largest smallest eldest oldest earliest latest youngest biggest greatest least total number amount figure equals equal sum
respectively namely i.e e.g viz specifically because reason explanation note see cf step part section chapter page paragraph line option choice
based upon therefore clearly indeed sure okay ok let now well yes written write responsible signed set sets took take takes place occurred
happened belongs refers corresponds makes made gives gave given provides provided contains include includes included consists matches
matching follow two three four five six seven eight nine ten meet meets met qualify qualifies qualified`;
const chinese =
  '的是为在于由和与及以及其了即就应该当选出自来到位于属分别依次按照根据文中原文所述述指叫做名称称作答案结果最终最后先再然后接着首先其次第一二三四五六七八九十共有个项如下上述排序顺序排列从高低大小多少至为该此这那他她它们者人因此所故则也都均且并而本全部正确写明表示说明显示可知得出列入包括包含为有我你您们认';

const englishWords = new Set(english.split(/\s+/));
const chineseWords = new Set(chinese);

/** @param key a token's key in lower case. */
export const saysNothing = (key: string): boolean => englishWords.has(key) || chineseWords.has(key);

const titleWords = new Set(
  'mr mrs ms miss dr prof professor sir lady lord dame rev reverend fr hon st saint capt captain gen general col colonel maj major lt lieutenant sgt president king queen prince princess hms ss uss rms mv ms hmcs rv'.split(
    ' ',
  ),
);

/** Whether a word is a title before a name: `Dr`, `HMS`. */
export const isTitle = (key: string): boolean => titleWords.has(key);

const unitWords = new Set(
  'point points vote votes item items time times people persons person year years day days hour hours minute minutes page pages word words copies ad bc ce bce c'.split(
    ' ',
  ),
);

/** Whether a word only names what was counted, behind a number. */
export const isCounted = (key: string): boolean => unitWords.has(key);

const heads = new Set(
  'part question item document doc chapter section option step event passage fragment paragraph excerpt entry article number letter figure file id code'.split(
    ' ',
  ),
);

/** Whether a word only names the kind of a thing, before its identifier. */
export const isHead = (key: string): boolean => heads.has(key);

const classifiers = new Set('省市县区镇乡村段章节号条项人年月日个名户站篇类组件户座位届期');

/** Whether a Chinese character only names the kind of a thing, behind its name. */
export const isClassifier = (key: string): boolean => classifiers.has(key);
