/** @file How one asks who speaks after a speech that is told by what it is about. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'In {where}, {speaker} mentions both “{one}” and “{two}” in one speech. Who speaks directly after it?'],
    [
      'researcher',
      'There is a single speech in {where} in which {speaker} uses the words “{one}” and “{two}” together. Whose speech follows?',
    ],
    ['customer', 'At some point in {where}, {speaker} talks about “{one}” and “{two}” at once. Who speaks next?'],
    [
      'lawyer',
      'State who speaks immediately after the speech of {speaker} in {where} that contains both “{one}” and “{two}”.',
    ],
    [
      'analyst',
      'Locate the one speech by {speaker} in {where} that combines “{one}” with “{two}”. Which speaker comes right after?',
    ],
    ['student', 'When {speaker} says something with both “{one}” and “{two}” in {where}, who is the next to speak?'],
    [
      'editor',
      'We cite the speech of {speaker} in {where} with the words “{one}” and “{two}”, and need the speaker of what follows it. Who is that?',
    ],
    ['colleague', 'Who spoke right after {speaker} brought “{one}” and “{two}” into one speech in {where}?'],
  ],
  zh: [
    ['plain', '在{where}中，{speaker}有一次发言同时提到“{one}”和“{two}”，紧接着说话的是谁？'],
    ['researcher', '{where}中{speaker}只有一次发言同时用到“{one}”与“{two}”两个词，其后是谁的发言？'],
    ['customer', '{where}里{speaker}有一段话既说到“{one}”又说到“{two}”，下一个说话的人是谁？'],
    ['lawyer', '请写明在{where}中，紧接{speaker}同时含有“{one}”与“{two}”的那次发言之后发言的人。'],
    ['analyst', '请在{where}中找到{speaker}把“{one}”和“{two}”放在一起说的那次发言，紧随其后的发言人是谁？'],
    ['student', '{speaker}在{where}里说了一段同时有“{one}”和“{two}”的话，接下来轮到谁说？'],
    ['editor', '稿中引用了{speaker}在{where}里同时出现“{one}”“{two}”的那段话，还缺下一位说话人，是谁？'],
    ['colleague', '{where}里{speaker}在一次发言里同时提了“{one}”和“{two}”，后面接话的是谁？'],
  ],
});
