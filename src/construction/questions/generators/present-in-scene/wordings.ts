/** @file How one asks who speaks here and not there. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'In “{title}”, who speaks in {a} but not in {b}?\n{options}'],
    [
      'researcher',
      'I am tracing who takes part when in “{title}”. Which of these has something to say in {a} and says nothing in {b}?\n{options}',
    ],
    [
      'customer',
      'I missed some of “{title}”. Which of these four is heard in {a} and no longer, or not yet, in {b}?\n{options}',
    ],
    ['lawyer', 'Of the persons listed, state which one speaks in {a} of “{title}” without speaking in {b}.\n{options}'],
    [
      'analyst',
      'Compare the speakers of {a} with those of {b} in “{title}”: which of the following speaks in the first and not in the second?\n{options}',
    ],
    ['student', 'For my notes on “{title}”: which one has lines in {a} and none in {b}?\n{options}'],
    [
      'editor',
      'We are checking the list of speakers for “{title}”. Who belongs under {a}, having spoken there, but has to be struck from {b}?\n{options}',
    ],
    [
      'colleague',
      'Quick one about “{title}”: which of them speaks up in {a} and stays silent all through {b}?\n{options}',
    ],
  ],
  zh: [
    ['plain', '在“{title}”中，谁在{a}里说过话，而在{b}里没有说话？\n{options}'],
    ['researcher', '我在梳理“{title}”中各人的发言情况：下面哪一位在{a}里发言，却没有在{b}里发言？\n{options}'],
    ['customer', '“{title}”我只看了一部分。这四位中，谁在{a}里开过口，在{b}里却一句话也没有？\n{options}'],
    ['lawyer', '请从所列人员中指出，谁在“{title}”的{a}中有发言，而在{b}中没有发言。\n{options}'],
    ['analyst', '请比较“{title}”中{a}与{b}的发言人：下列哪一位只在前者发言，在后者没有发言？\n{options}'],
    ['student', '我在做“{title}”的笔记：哪一位在{a}里有话，在{b}里没有话？\n{options}'],
    ['editor', '核对“{title}”的发言人名单：谁在{a}里发过言，应当列入，而在{b}里没有发言，不应列入？\n{options}'],
    ['colleague', '问一下“{title}”的事：他们中谁在{a}里说了话，到{b}里却没吭声？\n{options}'],
  ],
});
