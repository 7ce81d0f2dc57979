/** @file Names that a sentence gives the definite article: the United States, the Harbour Board. */

const plural =
  /(?:States|Islands|Nations|Emirates|Netherlands|Philippines|Maldives|Bahamas|Hills|Mountains|Alps|Lakes)$/;
const body =
  /(?:Company|Group|Union|Republic|Office|Council|Committee|Authority|Board|Ministry|Court|Association|Panel|Trust|Department|Commission|Agency|Bank|Society|Institute|Federation|Kingdom|Empire|Army|Navy|Treasury|Senate|House|Church|Canal|River|Sea|Ocean|Bay|Gulf|Bridge|Treaty|Act|Convention|Association|Fund|Foundation|Museum|Library|Survey|Register|Service)$/;

/** The name as it stands in a sentence. */
export const withArticle = (name: string): string =>
  /^[\p{Script=Latin}]/u.test(name) &&
  !/^the /i.test(name) &&
  (plural.test(name) || (body.test(name) && name.includes(' ')))
    ? `the ${name}`
    : name;
