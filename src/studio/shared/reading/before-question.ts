/** @file Where the question of a prompt begins: behind the documents, whose words it shares. */

/** Characters before the question; all of them where it does not stand in the second half. */
export function beforeQuestion(text: string, question: string): number {
  const asked = question === '' ? -1 : text.lastIndexOf(question);
  return asked > text.length / 2 ? asked : text.length;
}
