/** @file Full-width digits and their marks as ASCII ones, place by place, so that spans hold in the text as it is. */

const fullWidth = /[０-９％．－]|(?<=[０-９])，(?=[０-９]{3}(?![０-９]))/g;

/** @example foldWidth('３６．５℃') // '36.5℃' */
export const foldWidth = (text: string): string =>
  // Most texts have none: one class is looked for faster than it is replaced.
  !/[０-９％．－]/.test(text)
    ? text
    : text.replace(fullWidth, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
