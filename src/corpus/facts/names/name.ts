/** @file What a name is. */
import type { Span } from '../../document.ts';

/** What names name; `other` where nothing tells. */
export type NameKind = 'person' | 'place' | 'organisation' | 'work' | 'term' | 'other';

/** A name and where it stands. */
export interface Name {
  /** The fullest form that occurs, without titles such as `Mr.`. */
  readonly name: string;
  readonly kind: NameKind;
  /** In text order, the first ones of a name that is written all over a long text. Surnames and acronyms of the name count. */
  readonly mentions: readonly Span[];
}

/** Who speaks in a conversation, and where the text says so. */
export interface SpeakerMention {
  readonly name: string;
  readonly span: Span;
}
