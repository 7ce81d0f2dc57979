import { expect, test } from 'vitest';
import { reportToList } from './report-to.ts';

test('trackers are named once each, and who asks for wandb is told what to take instead', () => {
  expect(reportToList('trackio, tensorboard,trackio')).toEqual(['trackio', 'tensorboard']);
  expect(() => reportToList('tensorboard,wandb')).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('documents no protocol'),
      hint: expect.stringContaining('wandb sync RUN/tensorboard'),
    }),
  );
  expect(() => reportToList('mlflo')).toThrow(/"mlflo".*mlflow/);
});
