/** @file The two operations, and how one asks for them over documents. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const operations = {
  sum: phrase({ en: 'the total', zh: '总和' }),
  mean: phrase({ en: 'the average, to one decimal,', zh: '平均值（保留一位小数）' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Take the {nouns} with more than {bound} under “{by}”. What is {operation} of their {of}?'],
    ['analyst', 'For all {nouns} above {bound} in “{by}”, what is {operation} of {of}?'],
    [
      'researcher',
      'Consider only the {nouns} that report more than {bound} for “{by}”. What is {operation} of {of} over them?',
    ],
    ['customer', 'I am interested in the {nouns} with over {bound} under “{by}”. What is {operation} of their {of}?'],
    ['student', 'Find all {nouns} whose “{by}” is greater than {bound} and work out {operation} of {of} for them.'],
    ['colleague', 'Could you get me {operation} of {of} for the {nouns} with more than {bound} in “{by}”?'],
    ['editor', 'We need one number: {operation} of {of}, counting only {nouns} whose “{by}” is higher than {bound}.'],
    ['lawyer', 'State {operation} of {of} for those {nouns} that record more than {bound} under “{by}”.'],
  ],
  zh: [
    ['plain', '“{by}”高于{bound}的{nouns}，它们的{of}，{operation}是多少？'],
    ['analyst', '请对“{by}”大于{bound}的所有{nouns}计算{of}的{operation}。'],
    ['researcher', '仅考虑“{by}”超过{bound}的{nouns}，{of}的{operation}是多少？'],
    ['customer', '我关心“{by}”在{bound}以上的{nouns}，它们{of}的{operation}是多少？'],
    ['student', '请找出“{by}”超过{bound}的{nouns}，求它们{of}的{operation}。'],
    ['colleague', '帮我算一下“{by}”高于{bound}的那些{nouns}，{of}的{operation}。'],
    ['editor', '我们需要一个数：只算“{by}”高于{bound}的{nouns}，{of}的{operation}。'],
    ['lawyer', '请写明所载“{by}”超过{bound}的各{nouns}之{of}的{operation}。'],
  ],
});
