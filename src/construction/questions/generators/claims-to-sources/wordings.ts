/** @file How one asks for the sources of statements. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'All of these statements concern {subject}. Which of the documents makes each of them?\n{items}'],
    ['researcher', 'Attribute each of the following statements about {subject} to the source that makes it.\n{items}'],
    [
      'customer',
      'I have these remarks on {subject} and no longer know where I read them. Which document is each one from?\n{items}',
    ],
    [
      'lawyer',
      'For every statement below that refers to {subject}, identify the document in which it is made.\n{items}',
    ],
    [
      'analyst',
      'Several of these sources deal with {subject}. Trace each statement to the one it comes from.\n{items}',
    ],
    ['student', 'Who says what about {subject}? Match each sentence with the document that contains it.\n{items}'],
    ['editor', 'The footnotes on {subject} are missing. Supply the document for each of these sentences.\n{items}'],
    ['colleague', 'Could you check which document each of these lines on {subject} was taken from?\n{items}'],
  ],
  zh: [
    ['plain', '下列说法都与“{subject}”有关，各出自哪份文档？\n{items}'],
    ['researcher', '请把下列有关“{subject}”的说法分别归到其来源。\n{items}'],
    ['customer', '这几句都提到“{subject}”，我忘了是在哪里看到的，请告诉我各出自哪份文档。\n{items}'],
    ['lawyer', '下列各项陈述均涉及“{subject}”，请指明每项载于哪份文档。\n{items}'],
    ['analyst', '多份材料谈到“{subject}”，请追溯下列每条说法的来源。\n{items}'],
    ['student', '关于“{subject}”，哪份文档说了哪句话？请逐一对应。\n{items}'],
    ['editor', '以下关于“{subject}”的引文缺少注释，请补上各自出处的文档标题。\n{items}'],
    ['colleague', '帮忙核对一下，这几句讲“{subject}”的话分别摘自哪份文档？\n{items}'],
  ],
});
