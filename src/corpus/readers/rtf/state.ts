/** @file What a group of RTF inherits, and where its text goes. */

/** Where the text of a group goes. */
export type Destination = 'body' | 'fonts' | 'styles' | 'title' | 'author' | 'label' | 'note' | 'none';

/** The state of a group; the groups inside of it begin with a copy. */
export interface GroupState {
  readonly destination: Destination;
  /** Characters that stand behind a Unicode character for old readers. */
  readonly fallback: number;
  readonly font: number | undefined;
  /** Hidden or deleted. */
  readonly unseen: boolean;
  /** Of the letters, in half points. */
  readonly size: number;
  /** Whether the next word names a destination that may be passed over. */
  readonly optional: boolean;
}

/** Destinations that are read; others behind `\*`, and those of `unread`, are passed over. */
const read: Readonly<Record<string, Destination>> = {
  fonttbl: 'fonts',
  stylesheet: 'styles',
  title: 'title',
  author: 'author',
  listtext: 'label',
  pntext: 'label',
  footnote: 'note',
};

const unread = new Set(
  `colortbl info pict object header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn
  fldinst datafield themedata colorschememapping xmlnstbl listtable listoverridetable rsidtbl revtbl generator filetbl bkmkstart bkmkend
  annotation atnid atnauthor atnref atndate nonshppict tc tcn xe txe rxe operator creatim revtim printim company subject keywords doccomm
  comment category manager hlinkbase private latentstyles datastore mmathPr pgdsctbl fontemb fontfile falt panose`.split(
    /\s+/,
  ),
);
const seenThough = new Set(['shppict', 'shpinst', 'shptxt', 'ud', 'upr']);

/** The state behind a word that opens a destination; undefined for other words. */
export function destinationOf(word: string, state: GroupState): GroupState | undefined {
  const destination = read[word];
  // Title and author stand inside of the passed over `info`.
  if (destination !== undefined && (state.destination !== 'none' || word === 'title' || word === 'author'))
    return { ...state, destination, optional: false };
  if (unread.has(word) || (state.optional && !seenThough.has(word)))
    return { ...state, destination: 'none', optional: false };
  return undefined;
}
