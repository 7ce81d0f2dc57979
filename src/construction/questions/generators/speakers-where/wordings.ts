/** @file How one asks who speaks in both of two places. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'Who speaks in {a} as well as in {b} of “{title}”? Name everybody who does.'],
    ['researcher', 'I am looking at continuity in “{title}”: list all speakers that {a} and {b} have in common.'],
    ['customer', 'Which people get to speak both in {a} and in {b} of “{title}”? I need all of them.'],
    ['lawyer', 'Name every person who, according to “{title}”, speaks in {a} and again in {b}.'],
    ['analyst', 'Take the speakers of {a} and those of {b} in “{title}” and report who is on both lists.'],
    ['student', 'I have to say who has lines in {a} and also in {b} of “{title}”. Who are they?'],
    [
      'editor',
      'Please check “{title}” for the rehearsal plan: whom do we need for speaking in {a} and for speaking in {b}, too?',
    ],
    [
      'colleague',
      'Looking at “{title}”, who spoke in {a} and spoke in {b}, too? Leave out anyone who was in only one of them.',
    ],
  ],
  zh: [
    ['plain', '在“{title}”中，哪些人既在{a}里说过话，又在{b}里说过话？请全部列出。'],
    ['researcher', '我在看“{title}”前后的连续性：请列出{a}与{b}共有的全部发言人。'],
    ['customer', '“{title}”里有哪些人在{a}和{b}里都开了口？一个都不要漏。'],
    ['lawyer', '请写明依“{title}”所载，先后在{a}与{b}中均有发言的每一个人。'],
    ['analyst', '请取“{title}”中{a}的发言人和{b}的发言人，给出两份名单上都有的人。'],
    ['student', '作业要写清楚“{title}”中谁在{a}里有话，同时在{b}里也有话。都有哪些人？'],
    ['editor', '请核对“{title}”：哪些人要同时列入{a}和{b}的发言名单？'],
    ['colleague', '看一下“{title}”，谁在{a}里发过言，在{b}里也发过言？只在其中一处说话的不算。'],
  ],
});
