/** @file The columns of the table, and how one asks for it. */
import type { QuestionLanguage } from '../../language.ts';
import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

/** @param unit `scene`, `day` or `part`. */
export function columnsOf(unit: string, language: QuestionLanguage): string[] {
  if (unit === '日期') return [unit, '首位发消息者', '末位发消息者', '发消息最多者', '消息数'];
  if (unit === 'day') return [unit, 'first to post', 'last to post', 'most active', 'messages'];
  return language === 'zh'
    ? [unit, '首位发言人', '末位发言人', '发言最多者', '发言次数']
    : [unit, 'first speaker', 'last speaker', 'most frequent speaker', 'speeches'];
}

/** `“scene”, “first speaker”, …`. */
export function columnsIn(columns: readonly string[], language: QuestionLanguage): string {
  const quoted = columns.map((column) => `“${column}”`);
  if (language === 'zh') return quoted.join('、');
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

/** `Act I, Scene I; Act I, Scene II; and Act I, Scene III`; `19/08/2025, 01/09/2025 and 09/09/2025`. */
export function rowsIn(names: readonly string[], language: QuestionLanguage): string {
  if (language === 'zh') return names.join('；');
  if (names.every((name) => /^[\d/.-]+$/.test(name))) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, -1).join('; ')}; and ${names.at(-1)}`;
}

const ofSpeeches = wordings({
  en: [
    [
      'plain',
      'Make a table with the columns {columns} for “{title}”, one row for each of these: {rows}. The last column counts how many times anybody speaks.',
    ],
    [
      'researcher',
      'I am charting who opens, who closes and who leads in “{title}”. Tabulate {columns}, the last being the number of all turns, for the following: {rows}.',
    ],
    [
      'customer',
      'Could you give me a table for “{title}”, one row for each of {rows}? As columns I would like {columns}, where the last one is how many times people speak in all.',
    ],
    [
      'lawyer',
      'Draw up a table for “{title}” that covers {rows}. Its columns are {columns}; the last gives the total number of speeches.',
    ],
    [
      'analyst',
      'Build a table from “{title}”. Rows: {rows}. Columns: {columns}. Count every turn of every speaker for the last column.',
    ],
    [
      'student',
      'For my summary of “{title}” I need one row for each of the following, {rows}, and the columns {columns}. The last column is the number of all speeches.',
    ],
    [
      'editor',
      'Please prepare an overview of “{title}” with the columns {columns}, the last of them counting all speeches. It covers {rows}.',
    ],
    [
      'colleague',
      'Can you put together a quick table on “{title}” for {rows}? Columns: {columns}, the last one being how often people speak altogether.',
    ],
  ],
  zh: [
    ['plain', '请为《{title}》做一张表，每行一项：{rows}。列为{columns}，最后一列是所有人发言的总次数。'],
    [
      'researcher',
      '我在整理《{title}》里由谁开头、由谁收尾、谁说得最多。请列表，列为{columns}，末列为全部发言的次数，每行一项：{rows}。',
    ],
    [
      'customer',
      '能给我做一张《{title}》的表吗？要有{columns}几列，最后一列是大家一共说了几次话，下面每项一行：{rows}。',
    ],
    ['lawyer', '请就《{title}》列表，每项一行：{rows}。各列为{columns}，末列为发言总次数。'],
    ['analyst', '请根据《{title}》建表。各行：{rows}。各列：{columns}。末列统计每个人的每一次发言。'],
    ['student', '我用一张表总结《{title}》，每项一行：{rows}。列有{columns}，最后一列数所有人的发言次数。'],
    ['editor', '请为《{title}》编一张概览表，列为{columns}，末列为全部发言次数，范围是：{rows}。'],
    ['colleague', '帮忙给《{title}》做个表，每项一行：{rows}。要这几列：{columns}，最后一列是总共发言多少次。'],
  ],
});

const ofMessages = wordings({
  en: [
    [
      'plain',
      'Make a table with the columns {columns} for the chat “{title}”, one row for each of these days: {rows}. The last column counts the messages of the day.',
    ],
    [
      'researcher',
      'I am charting who opens, who closes and who leads each day in the chat “{title}”. Tabulate {columns}, the last being the number of all messages of the day, for these days: {rows}.',
    ],
    [
      'customer',
      'Could you give me a table for the chat “{title}”, one row for each of {rows}? As columns I would like {columns}, where the last one is how many messages were sent that day.',
    ],
    [
      'lawyer',
      'Draw up a table for the chat “{title}” that covers {rows}. Its columns are {columns}; the last gives the total number of messages.',
    ],
    [
      'analyst',
      'Build a table from the chat “{title}”. Rows: {rows}. Columns: {columns}. Count every message of the day for the last column.',
    ],
    [
      'student',
      'For my summary of the chat “{title}” I need one row for each of these days, {rows}, and the columns {columns}. The last column is the number of all messages.',
    ],
    [
      'editor',
      'Please prepare an overview of the chat “{title}” with the columns {columns}, the last of them counting all messages. It covers {rows}.',
    ],
    [
      'colleague',
      'Can you put together a quick table on the chat “{title}” for {rows}? Columns: {columns}, the last one being how many messages there were altogether.',
    ],
  ],
  zh: [
    ['plain', '请为聊天记录《{title}》做一张表，每天一行：{rows}。列为{columns}，最后一列是当天所有人发的消息总数。'],
    [
      'researcher',
      '我在整理聊天记录《{title}》里每天由谁开头、由谁收尾、谁发得最多。请列表，列为{columns}，末列为当天消息总数，每天一行：{rows}。',
    ],
    [
      'customer',
      '能给我做一张聊天记录《{title}》的表吗？要有{columns}几列，最后一列是当天一共发了几条，下面每天一行：{rows}。',
    ],
    ['lawyer', '请就聊天记录《{title}》列表，每天一行：{rows}。各列为{columns}，末列为消息总数。'],
    ['analyst', '请根据聊天记录《{title}》建表。各行：{rows}。各列：{columns}。末列统计当天的每一条消息。'],
    ['student', '我用一张表总结聊天记录《{title}》，每天一行：{rows}。列有{columns}，最后一列数所有人的消息。'],
    ['editor', '请为聊天记录《{title}》编一张概览表，列为{columns}，末列为全部消息数，范围是：{rows}。'],
    ['colleague', '帮忙给聊天记录《{title}》做个表，每天一行：{rows}。要这几列：{columns}，最后一列是总共多少条消息。'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
