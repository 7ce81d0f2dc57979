/**
 * @file What was made of a text, kept for the next calls: the rollouts of a group share gold, question and options, and their answers
 * share words.
 */

/** Values by key, made once; all are dropped when there are too many. A value may be undefined. */
export class Recent<V> {
  private readonly values = new Map<string, V>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** The value of a key, made where it is not there. What `make` throws is not kept. */
  get(key: string, make: () => V): V {
    const known = this.values.get(key);
    if (known !== undefined || this.values.has(key)) return known as V;
    const value = make();
    if (this.values.size >= this.most) this.values.clear();
    this.values.set(key, value);
    return value;
  }
}
