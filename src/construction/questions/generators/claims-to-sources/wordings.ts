/** @file How one asks for the sources of statements. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'Each of these sentences says something about {subject}. Which of the texts is it from?\n{items}'],
    ['researcher', 'Attribute each of the following statements about {subject} to the source that makes it.\n{items}'],
    [
      'customer',
      'I noted these sentences about {subject} and no longer know where I read them. Which text is each one from?\n{items}',
    ],
    ['lawyer', 'State, for each of these sentences about {subject}, in which text it is found.\n{items}'],
    [
      'analyst',
      'Several of the sources deal with {subject}. Trace each of these statements to the one it comes from.\n{items}',
    ],
    ['student', 'Who says what about {subject}? Match each sentence with the text that contains it.\n{items}'],
    [
      'editor',
      'The sources for these sentences on {subject} are missing. Which text does each of them come from?\n{items}',
    ],
    ['colleague', 'Could you check where each of these sentences on {subject} was taken from?\n{items}'],
  ],
  zh: [
    ['plain', '下面每句话都讲到“{subject}”，各出自哪一篇？\n{items}'],
    ['researcher', '请把下列有关“{subject}”的说法分别归到其来源。\n{items}'],
    ['customer', '我记下了这几句讲“{subject}”的话，忘了是在哪里看到的，各出自哪一篇？\n{items}'],
    ['lawyer', '请指明下列关于“{subject}”的各句话分别载于哪一篇。\n{items}'],
    ['analyst', '多份材料谈到“{subject}”，请追溯下列每条说法的来源。\n{items}'],
    ['student', '关于“{subject}”，哪一篇说了哪句话？请逐一对应。\n{items}'],
    ['editor', '以下关于“{subject}”的引文缺少出处，请补上各自出自哪一篇。\n{items}'],
    ['colleague', '帮忙核对一下，这几句讲“{subject}”的话分别摘自哪一篇？\n{items}'],
  ],
});
