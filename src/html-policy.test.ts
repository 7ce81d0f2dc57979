import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './html-policy.ts';
import { benchmarkReportHtml } from './refinement/decontamination/report/report-html.ts';

test('a page without a script may run none, and one with a script that one alone', () => {
  expect(contentSecurityPolicy()).toContain("default-src 'none'");
  expect(contentSecurityPolicy()).not.toContain('script-src');
  // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
  expect(contentSecurityPolicy('alert(1)')).toContain(
    "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
  );
});

test('the page of decontamination has the policy before anything else that could load', () => {
  const report = { samples: 1, benchmarkItems: 0, repeatedItems: 0, removed: [], byKind: {}, byField: {} };
  const page = benchmarkReportHtml({ ...report, ignored: 0, wording: [] }, []);
  expect(page).toMatch(/<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"/);
});
