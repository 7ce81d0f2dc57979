/**
 * @file What grants nothing: the words that catalogues and package registries write where they know no licence.
 */

const unnamed = new Set([
  '',
  'unknown',
  'noassertion',
  'none',
  'na',
  'null',
  'undefined',
  'unspecified',
  'notspecified',
  'notstated',
  'unlicensed',
  'tbd',
  'other',
]);

/** @example isUnknownLicence('N/A') // true */
export const isUnknownLicence = (licence: string): boolean =>
  unnamed.has(licence.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
