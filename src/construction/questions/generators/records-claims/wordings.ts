/** @file A value without its source, and how one asks where values come from. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const claims = phrase({ en: '“{field}” is given as “{value}”.', zh: '“{field}”写作“{value}”。' });

export const asked = wordings({
  en: [
    ['plain', 'Each of these values comes from one of the documents. Which document is it in each case?\n{items}'],
    ['researcher', 'Trace every value to its source among the documents:\n{items}'],
    [
      'editor',
      'The references in this draft have been lost. Restore them: which document states each of the following?\n{items}',
    ],
    ['lawyer', 'For each of the following statements, name the document that contains it:\n{items}'],
    ['analyst', 'Attribute the data points below to the documents they were taken from.\n{items}'],
    ['student', 'Match each value with the document in which you find it:\n{items}'],
    [
      'customer',
      'I noted these down without writing where they are from. Can you tell me which document each belongs to?\n{items}',
    ],
    ['colleague', 'Where did these come from? One document each, please:\n{items}'],
  ],
  zh: [
    ['plain', '下列每个值都出自其中一份文档，请分别指出是哪一份。\n{items}'],
    ['researcher', '请为每个值在各文档中找到出处：\n{items}'],
    ['editor', '稿件的出处遗失了，请补上：以下各项分别见于哪份文档？\n{items}'],
    ['lawyer', '请就下列每一项，写明载有该内容的文档名称：\n{items}'],
    ['analyst', '请把下面的数据点归到它们所取自的文档。\n{items}'],
    ['student', '请把每个值与它所在的文档对应起来：\n{items}'],
    ['customer', '这些是我随手记的，忘了写出处，能告诉我各自属于哪份文档吗？\n{items}'],
    ['colleague', '这几条是从哪来的？每条对应一份文档：\n{items}'],
  ],
});
