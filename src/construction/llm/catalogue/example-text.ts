/**
 * @file The small texts that the worked examples of all sub-tasks are written over. Long enough that a question needs two places.
 */

/** Documents by their titles. */
export const exampleDocuments: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: 'Log of the North Light',
    text: [
      '1. Keepers',
      '',
      'Ada Brant became keeper in March 1871. She asked the board every winter for a second boat and was refused.',
      '',
      'Jonas Reed followed her in May 1884. He burned 610 barrels of oil in his first year, and 540 in his second.',
      '',
      'Cora Lind took over in June 1902. Under her the lamp burned 270 barrels a year.',
      '',
      '2. Stores',
      '',
      'Trimming comes before filling: a wick that is not trimmed smokes the glass. The glass is wiped when the lamp has been filled, and the shutter is raised last.',
      '',
      'In this log "short watch" means a watch of three hours. The second boat came in August 1899, when Reed sold his own boat to the board.',
    ].join('\n'),
  },
  {
    title: 'Log of the South Light',
    text: [
      'The South Light burned 480 barrels in its first year. Its keeper, Piet Oom, held a short watch on Sundays only.',
      '',
      'Oom left in April 1890 and never wrote to the board.',
    ].join('\n'),
  },
  {
    title: 'Bill of the Board',
    text: 'Rope came twice in spring, and the rope of autumn was better. Flour was dear. Paint came with the flour and went with the rope; more paint was asked for, and the paint that came was grey. No rope is left, and nails are short.',
  },
];
