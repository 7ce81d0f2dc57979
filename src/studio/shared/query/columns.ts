/** @file What a query needs of the rollouts of a run: columns by number, words by number. The server's table and the bundle's are both one. */

/** A column as queries read it. */
export interface NumberColumn {
  readonly values: ArrayLike<number>;
}

export interface WordColumn {
  readonly list: readonly string[];
}

/** Rollouts in rows; what a group shares stands once, under the row's `group`. */
export interface RolloutColumns {
  readonly length: number;
  readonly rows: Readonly<
    Record<
      'group' | 'member' | 'reward' | 'advantage' | 'state' | 'format' | 'status' | 'stop' | 'tokens',
      NumberColumn
    >
  >;
  readonly groups: Readonly<
    Record<
      'step' | 'line' | 'task' | 'generator' | 'sample' | 'prompt' | 'use' | 'staleness' | 'promptTokens',
      NumberColumn
    >
  >;
  readonly words: Readonly<
    Record<'task' | 'generator' | 'sample' | 'prompt' | 'use' | 'state' | 'format' | 'status' | 'stop', WordColumn>
  >;
}
