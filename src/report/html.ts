/**
 * @file HTML text with escaping by default: what a template interpolates is escaped unless it is Html itself.
 */

/** Markup that is safe to embed. */
export interface Html {
  readonly markup: string;
}

type Piece = Html | string | number | undefined | readonly Html[];

/** For text and for attribute values in quotes of either kind. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function render(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escapeHtml(String(piece));
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
}

/** @example html`<b>${'<'}</b>`.markup // '<b>&#60;</b>' */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { markup: strings.map((text, index) => text + render(pieces[index])).join('') };
}

/** Markup from a trusted source, e.g. a style sheet. */
export const trusted = (markup: string): Html => ({ markup });
