/** @file The statements about a data set, and how one asks which of them holds. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** One of two groups has the higher average. */
export const statement = phrase({
  en: 'the average “{measure}” is higher where “{column}” is “{one}” than where it is “{other}”',
  zh: '“{column}”为“{one}”的各行，“{measure}”的平均值高于“{column}”为“{other}”的各行',
});

export const asked = wordings({
  en: [
    ['plain', 'Which of these statements about the data set “{title}” is true?\n{options}'],
    ['analyst', 'Check these statements against the data set “{title}”. Which one holds?\n{options}'],
    ['researcher', 'Only one of these comparisons is borne out by the data set “{title}”. Which is it?\n{options}'],
    ['customer', 'I read these four statements about the data set “{title}”. Which of them is right?\n{options}'],
    ['lawyer', 'Which one of the following statements is supported by the data set “{title}”?\n{options}'],
    ['student', 'Work out the averages in the data set “{title}” and find the statement that is correct.\n{options}'],
    ['editor', 'We may print only what the data set “{title}” bears out. Which of these can stay?\n{options}'],
    ['colleague', 'Three of these are wrong about the data set “{title}”. Which one is right?\n{options}'],
  ],
  zh: [
    ['plain', '关于数据集《{title}》，下列哪个说法是对的？\n{options}'],
    ['analyst', '请用数据集《{title}》核对下列说法，哪一个成立？\n{options}'],
    ['researcher', '下列比较中只有一个与数据集《{title}》相符，是哪一个？\n{options}'],
    ['customer', '我看到关于数据集《{title}》的四个说法，哪个是对的？\n{options}'],
    ['lawyer', '下列说法中，哪一个有数据集《{title}》为据？\n{options}'],
    ['student', '请算出数据集《{title}》的有关平均值，找出正确的说法。\n{options}'],
    ['editor', '稿中只能写数据集《{title}》能证实的内容，下面哪一句可以保留？\n{options}'],
    ['colleague', '关于数据集《{title}》，下面有三句不对，对的是哪一句？\n{options}'],
  ],
});
