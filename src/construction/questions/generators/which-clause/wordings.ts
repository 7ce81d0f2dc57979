/** @file What a provision is known by, and how one asks which it is. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** Properties; two of them go into a question. */
export const properties = {
  cites: phrase({ en: 'refers to {target}', zh: '引用了{target}' }),
  uses: phrase({ en: 'uses the term “{term}”', zh: '用到“{term}”一词' }),
  states: phrase({ en: 'mentions “{figure}”', zh: '写有“{figure}”' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which of these {nouns} of “{document}” {one} and {other}?\n{options}'],
    [
      'lawyer',
      'I need to cite the provision of “{document}” that {one} and {other}. Which of these {nouns} is it?\n{options}',
    ],
    ['researcher', 'In “{document}”, which of the following {nouns} both {one} and {other}?\n{options}'],
    [
      'analyst',
      'I am looking for the place in “{document}” that {one} and {other}. Which of these {nouns} is it?\n{options}',
    ],
    [
      'customer',
      'I read something in “{document}” that {one} and {other}, but I no longer know where. Which of these {nouns} was it?\n{options}',
    ],
    [
      'student',
      'Somewhere in “{document}” there is a provision that {one} and {other}. Which of these {nouns} is it?\n{options}',
    ],
    [
      'editor',
      'A note on “{document}” is to name the provision that {one} and {other}. Which of these {nouns} is it?\n{options}',
    ],
    ['colleague', 'Do you remember which of these {nouns} in “{document}” {one} and {other}?\n{options}'],
  ],
  zh: [
    ['plain', '《{document}》的下列{nouns}中，哪一个{one}，同时{other}？\n{options}'],
    ['lawyer', '我要援引《{document}》里{one}并且{other}的那个{nouns}，是以下哪个？\n{options}'],
    ['researcher', '《{document}》的以下{nouns}里，哪一个既{one}，又{other}？\n{options}'],
    ['analyst', '我要找《{document}》里{one}、并且{other}的地方，是下面哪个{nouns}？\n{options}'],
    ['customer', '我在《{document}》里看到过一处{one}，而且{other}，但忘了在哪。是下面哪个{nouns}？\n{options}'],
    ['student', '《{document}》的这几个{nouns}中，哪一个{one}，并且{other}？\n{options}'],
    ['editor', '我们的注释指的是《{document}》里{one}、又{other}的那个{nouns}，是下列哪一个？\n{options}'],
    ['colleague', '《{document}》里{one}又{other}的，是下面哪个{nouns}？\n{options}'],
  ],
});
