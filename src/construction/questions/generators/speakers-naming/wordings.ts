/** @file How one asks who says a name. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'Who says the name “{word}” in {where}? Name every speaker who does.'],
    ['researcher', 'I am mapping who talks about whom. Which speakers mention “{word}” by that name in {where}?'],
    ['customer', 'I would like to know everyone who brings up “{word}” by name in {where}.'],
    ['lawyer', 'List all persons who, in {where}, refer to “{word}” by that name in their own words.'],
    ['analyst', 'Extract from {where} the complete set of speakers whose speeches contain the name “{word}”.'],
    ['student', 'In {where}, which characters or persons use the name “{word}” when they speak? List them all.'],
    ['editor', 'For the index of {where} we need every speaker who utters the name “{word}”. Who are they?'],
    ['colleague', 'Who actually mentioned “{word}” by name in {where}? I need everybody, not just the first.'],
  ],
  zh: [
    ['plain', '在{where}中，哪些人的发言里说到了“{word}”？请全部列出。'],
    ['researcher', '我在整理谁提到了谁：{where}中有哪些发言人说出了“{word}”这个名称？'],
    ['customer', '我想知道{where}里所有点名说到“{word}”的人。'],
    ['lawyer', '请列明在{where}中以自己的话提及“{word}”这一名称的每一个人。'],
    ['analyst', '请从{where}中找出发言内容含有“{word}”这一名称的全部发言人。'],
    ['student', '{where}里有哪些人在说话时用到“{word}”这个名称？请写全。'],
    ['editor', '为{where}编索引，需要所有说过“{word}”的发言人，都是谁？'],
    ['colleague', '{where}里到底谁点名提过“{word}”？要全部的人，不只是第一个。'],
  ],
});
