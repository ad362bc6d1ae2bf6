import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format } from 'prettier';
import { z } from 'zod';

import { createProfilesFormat } from '../src/config/profile-format.ts';

const file = join(import.meta.dirname, '../docs/profiles.schema.json');

/** Published without secrets, so that nothing is looked up. */
const description = z.toJSONSchema(
  createProfilesFormat(() => undefined),
  { io: 'input' },
);
const text = await format(JSON.stringify({ title: 'PROFILES_FILE', ...description }), {
  parser: 'json',
});

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/profiles.schema.json is not as the format is; run `npm run codegen`');
  process.exitCode = 1;
}
