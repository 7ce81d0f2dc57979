/** @file What a provision is known by, and how one asks which it is. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** Properties; two of them go into a question. */
export const properties = {
  cites: phrase({ en: 'refers to {target}', zh: '引用了{target}' }),
  cited: phrase({ en: 'is referred to in {source}', zh: '被{source}引用' }),
  uses: phrase({ en: 'speaks of “{term}”', zh: '用到“{term}”一词' }),
  states: phrase({ en: 'states “{figure}”', zh: '写有“{figure}”' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which of these {nouns} of “{document}” {one} and {other}?\n{options}'],
    ['lawyer', 'Which of the following {nouns} of “{document}” is the one that {one} and {other}?\n{options}'],
    ['researcher', 'In “{document}”, which of the following {nouns} both {one} and {other}?\n{options}'],
    [
      'analyst',
      'I am looking for the place in “{document}” that {one} and {other}. Which of these {nouns} is it?\n{options}',
    ],
    [
      'customer',
      'I remember that the passage in “{document}” {one} and that it {other}, but not where it stands. Which of these {nouns} is it?\n{options}',
    ],
    ['student', 'Which of these {nouns} from “{document}” {one} and at the same time {other}?\n{options}'],
    [
      'editor',
      'A note in the margin of “{document}” says only that the provision {one} and {other}. Which of the {nouns} below is meant?\n{options}',
    ],
    ['colleague', 'Which of these {nouns} in “{document}” was it that {one} and {other}?\n{options}'],
  ],
  zh: [
    ['plain', '“{document}”的下列{nouns}中，哪一个{one}，同时{other}？\n{options}'],
    ['lawyer', '“{document}”里{one}且{other}的，是以下哪个{nouns}？\n{options}'],
    ['researcher', '“{document}”的以下{nouns}里，哪一个既{one}，又{other}？\n{options}'],
    ['analyst', '我要找“{document}”里{one}、并且{other}的地方，是下面哪个{nouns}？\n{options}'],
    ['customer', '我记得“{document}”里有一处{one}，而且{other}，但忘了在哪。是下面哪个{nouns}？\n{options}'],
    ['student', '“{document}”的这几个{nouns}中，哪一个{one}，并且{other}？\n{options}'],
    ['editor', '“{document}”的页边批注只写着该处{one}，还{other}。指的是下列哪个{nouns}？\n{options}'],
    ['colleague', '“{document}”里{one}又{other}的，是下面哪个{nouns}？\n{options}'],
  ],
});
