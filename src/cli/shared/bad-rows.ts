/**
 * @file How a command ends that wrote a row for each row of its input, some of them without a result.
 */
import { GolongrlError } from '../../errors.ts';

/**
 * Exit code of a command that wrote a row for each row, some of them without a result. Neither 0, so that a script notices, nor
 * 1, after which there is no output: here the output is complete and says of each row what it is.
 */
export const badRowsExitCode = 3;

/** Some rows of a file have no result. Thrown once everything is written and reported. */
export class BadRows extends GolongrlError {
  /** @param first Where the first of them stands, and what it lacks. */
  constructor(bad: number, rows: number, first?: string) {
    const cause = first === undefined ? '' : `, the first: ${first}`;
    const message = `${bad} of ${rows} rows have no result${cause}`;
    super(
      'bad-rows',
      /[.?!]$/.test(message) ? message : `${message}.`,
      'The output holds a row for each; mend the rows and run it again.',
    );
  }
}

/** For `--help` of the commands that read rows. */
export const exitCodeHelp = `
Exit code: 0 every row has a result; ${badRowsExitCode} all rows are written, but some have none (reported with file and line);
1 failure, nothing is written; 2 wrong usage.`;
