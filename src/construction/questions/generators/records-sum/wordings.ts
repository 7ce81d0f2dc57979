/** @file The two operations, and how one asks for them over documents. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const operations = {
  sum: phrase({ en: 'the sum', zh: '总和' }),
  mean: phrase({ en: 'the mean, rounded to one decimal,', zh: '平均值（保留一位小数）' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Take the documents whose “{by}” is above {bound}. What is {operation} of their “{of}”, in {unit}?'],
    ['analyst', 'Over all documents with “{by}” greater than {bound}, compute {operation} of “{of}” in {unit}.'],
    [
      'researcher',
      'Restrict the set to the entries that report more than {bound} for “{by}”. Give {operation} of “{of}” over them ({unit}).',
    ],
    ['customer', 'For those with “{by}” over {bound}, what does {operation} of “{of}” come to? I need it in {unit}.'],
    [
      'student',
      'Find every document in which “{by}” exceeds {bound} and work out {operation} of “{of}” for these, in {unit}.',
    ],
    ['colleague', 'Could you get me {operation} of “{of}” ({unit}) across everything above {bound} in “{by}”?'],
    [
      'editor',
      'We need one number: {operation} of “{of}”, counting only the documents where “{by}” is higher than {bound}. The unit should be {unit}.',
    ],
    [
      'lawyer',
      'State {operation} of “{of}”, expressed in {unit}, of all documents that record a “{by}” in excess of {bound}.',
    ],
  ],
  zh: [
    ['plain', '请取“{by}”高于{bound}的各文档，其“{of}”的{operation}是多少（单位：{unit}）？'],
    ['analyst', '对“{by}”大于{bound}的所有文档，计算“{of}”的{operation}，单位为{unit}。'],
    ['researcher', '仅考虑“{by}”超过{bound}的条目，请给出它们“{of}”的{operation}（{unit}）。'],
    ['customer', '“{by}”在{bound}以上的那些，“{of}”的{operation}是多少？单位用{unit}。'],
    ['student', '请找出“{by}”超过{bound}的每份文档，并求它们“{of}”的{operation}，以{unit}为单位。'],
    ['colleague', '帮我算一下“{by}”高于{bound}的那些文档，“{of}”的{operation}（{unit}）。'],
    ['editor', '我们需要一个数：只算“{by}”高于{bound}的文档，“{of}”的{operation}，单位为{unit}。'],
    ['lawyer', '请写明所载“{by}”超过{bound}的全部文档之“{of}”的{operation}，以{unit}计。'],
  ],
});
