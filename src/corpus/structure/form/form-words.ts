/** @file Words by which running text shows what kind of document it is of, in English and Chinese. */

/** Classes of words that are counted in running text. */
export type WordClass = 'law' | 'manual' | 'news' | 'story' | 'speech';
const classes: Readonly<Record<WordClass, string>> = {
  law: 'shall must may herein thereof hereby pursuant provision provisions liable party parties licensor licensee',
  manual:
    'click select press run install configure command option options button menu settings file files enter open close remove insert screw cable default argument arguments returns parameter parameters function',
  news: 'said says told reporters spokesman spokeswoman spokesperson officials monday tuesday wednesday thursday friday saturday sunday announced police yesterday',
  story: 'he she him his her they said cried replied looked eyes face hand came went saw thought felt door night',
  speech: 'we our us i my you your today nation friends together thank',
};
/** English words by their classes; a word may be in several. */
export const wordClasses: ReadonlyMap<string, readonly WordClass[]> = (() => {
  const found = new Map<string, WordClass[]>();
  for (const [name, words] of Object.entries(classes) as [WordClass, string][])
    for (const word of words.split(' ')) found.set(word, [...(found.get(word) ?? []), name]);
  return found;
})();

/** The same classes in Chinese, counted by occurrence. */
export const chineseClasses: Readonly<Record<WordClass, RegExp>> = {
  law: /应当|不得|本法|本条例|本规定|依照|违反|罚款|有权|甲方|乙方|须|必须/g,
  manual: /点击|单击|按下|按住|选择|输入|安装|设置|打开|关闭|命令|参数|文件|菜单|按钮|拧|插入|电源/g,
  news: /记者|据悉|表示|介绍说|日前|近日|昨天|今天|昨日|日电|报道|讯/g,
  story: /他|她|说道?|笑|眼|走|看着|心里|只见|却说|忽然/g,
  speech: /我们|大家|同志|朋友们|各位|希望|谢谢|今天/g,
};
