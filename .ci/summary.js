import { existsSync, readFileSync } from 'node:fs';

/** A file that could not be loaded has no tests that failed; it counts as one failure. */
const failedIn = ({ status, assertionResults }) => {
  const failed = assertionResults.filter((test) => test.status === 'failed').length;
  return failed === 0 && status === 'failed' ? 1 : failed;
};

const passedIn = ({ assertionResults }) =>
  assertionResults.filter((test) => test.status === 'passed').length;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** A run whose setup failed leaves no report. */
const filesOf = (report) =>
  existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : [];

const reports = process.argv.slice(2).map(filesOf);
const runs = reports.map((files) => ({
  passed: sum(files.map(passedIn)),
  failed: sum(files.map(failedIn)),
}));

const MESSAGE_LENGTH = 1_000;

// Of a long log perhaps only the end is kept: what failed is named last.
const failures = reports.flat().flatMap(({ name, status, message, assertionResults }) => [
  ...(status === 'failed' && message ? [{ name, message }] : []),
  ...assertionResults
    .filter((test) => test.status === 'failed')
    .map(({ fullName, failureMessages }) => ({
      name: fullName,
      message: failureMessages.join('\n'),
    })),
]);
for (const { name, message } of failures) {
  console.log(`FAILED ${name}\n${message.slice(0, MESSAGE_LENGTH)}`);
}
for (const { name } of failures) console.log(`FAILED ${name}`);

const failed = sum(runs.map((run) => run.failed));
const everyRunCounts = runs.every((run) => run.passed + run.failed > 0);
if (!everyRunCounts) console.error('a run executed no test');

console.log(`${sum(runs.map((run) => run.passed))} passed, ${failed} failed`);
process.exitCode = failed === 0 && everyRunCounts ? 0 : 1;
