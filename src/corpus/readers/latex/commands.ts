/** @file What the arguments of LaTeX commands are: text of the document, or words to the machine. */

/** Of each argument: `k` is text, `d` is none, `s` a section, and so on by the letter. */
export type ArgumentKinds = string;

/** Sections by command; a class with chapters moves them all one level in. */
export const sectionLevels: Readonly<Record<string, number>> = {
  part: 0,
  chapter: 0,
  section: 1,
  subsection: 2,
  subsubsection: 3,
  paragraph: 4,
  subparagraph: 5,
};

const dropped = (names: string, kinds: ArgumentKinds): [string, ArgumentKinds][] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, kinds]);

/** Commands that are not here keep the text of their arguments. */
export const argumentKinds: ReadonlyMap<string, ArgumentKinds> = new Map([
  ...dropped(
    `vspace hspace usepackage documentclass bibliographystyle bibliography pagestyle thispagestyle includegraphics input include
    geometry hypersetup setlength addtolength setcounter addtocounter RequirePackage pagenumbering theoremstyle nocite index glossary
    addbibresource graphicspath DeclareMathOperator phantom hphantom vphantom bibliographyunit captionsetup color thanksref keywordsref
    linespread fontsize selectlanguage hyphenation includeonly tikzset pgfplotsset lstset definecolor title author date affiliation
    institute email keywords cline cmidrule rule usetikzlibrary theoremref IEEEoverridecommandlockouts markboth acmConference`,
    'd',
  ),
  ...dropped('setlength addtolength setcounter addtocounter newtheorem definecolor rule fontsize resizebox', 'dd'),
  ...dropped('textcolor colorbox href raisebox parbox scalebox foreignlanguage makebox framebox', 'dk'),
  ...dropped('resizebox', 'ddk'),
  ...dropped('definecolor', 'ddd'),
  ...dropped('multicolumn multirow', 'ddk'),
  ...dropped('label', 'l'),
  ...dropped('ref eqref autoref cref Cref pageref nameref vref subref', 'r'),
  ...dropped(
    'cite citep citet citealp citealt citeauthor citeyear parencite textcite autocite footcite Cite Citet citenum',
    'c',
  ),
  ...dropped('footnote', 'n'),
  ...dropped('footnotetext thanks tnote', 'n'),
  ...dropped('caption captionof', 'C'),
  ...dropped(Object.keys(sectionLevels).join(' '), 's'),
  ...dropped('bibitem', 'b'),
  ...dropped('begin', 'B'),
  ...dropped('end', 'E'),
]);

/** Environments that hold source text, not words: kept as they stand. */
export const asWritten = new Set(['tabular', 'tabular*', 'tabularx', 'tabulary', 'longtable']);
/** Programs. */
export const listings = new Set(['verbatim', 'Verbatim', 'lstlisting', 'minted', 'alltt']);
/** Formulas on lines of their own. */
export const formulas = new Set(
  `equation equation* align align* gather gather* multline multline* eqnarray eqnarray* displaymath math flalign flalign* alignat
  alignat*`.split(/\s+/),
);
/** Drawings and remarks. */
export const unseen = new Set([
  'tikzpicture',
  'comment',
  'pgfpicture',
  'filecontents',
  'filecontents*',
  'picture',
  'CCSXML',
]);
