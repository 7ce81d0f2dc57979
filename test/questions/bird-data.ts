/** @file A data set of sixteen birds, by shore and sex, with two measures. */
import { contextOf } from './small-documents.ts';

/** The data set, wholly shown. */
export const birds = contextOf(
  'Waders ringed',
  `| ring | shore | sex | bill (mm) | mass (g) |
| --- | --- | --- | --- | --- |
| b1 | north | M | 40 | 3.1 |
| b2 | north | F | 36 | 2.9 |
| b3 | north | M | 44 | 3.3 |
| b4 | north | F | 38 | 2.6 |
| b5 | south | M | 50 | 3.9 |
| b6 | south | F | 47 | 3.4 |
| b7 | south | M | 52 | 4.1 |
| b8 | south | F | 45 | 3.2 |
| b9 | east | M | 31 | 2.2 |
| b10 | east | F | 30 | 2.1 |
| b11 | east | M | 33 | 2.4 |
| b12 | east | F | 29 | 1.9 |
| b13 | west | M | 41 | 3.0 |
| b14 | west | F | 39 | 2.8 |
| b15 | west | M | 42 | 3.2 |
| b16 | west | F | 37 | 2.5 |
`,
);
