/**
 * Says how much JavaScript and CSS the pages need at first view, compressed, and fails above the
 * budget. Counted is everything that a page's HTML names, and whatever those files import, now or
 * a moment later: the map library comes lazily, but nobody sees a map without it. Of the languages
 * that are loaded for those who read them, the heaviest counts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 200 * 1024;
/** Pages that promise more. */
const OWN_BUDGETS = { 'design.html': 150 * 1024, 'walk.html': 150 * 1024 };
const dist = process.argv[2] ?? 'dist';
const NAMES = /[\w.-]+\.(?:js|css)\b/g;

/** Every asset that can be reached from a file by name. */
function reach(text, found = new Set()) {
  for (const [name] of text.matchAll(NAMES)) {
    const file = join(dist, 'assets', name);
    if (found.has(name) || !existsSync(file)) continue;
    found.add(name);
    reach(readFileSync(file, 'utf8'), found);
  }
  return found;
}

/** The texts of one language, which its readers load and nobody else. */
const LANGUAGES = [/^en-/, /^easy-/];

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
let failed = false;
for (const page of readdirSync(dist).filter((name) => name.endsWith('.html'))) {
  let total = 0;
  const texts = LANGUAGES.map(() => 0);
  const budget = OWN_BUDGETS[page] ?? BUDGET;
  for (const name of reach(readFileSync(join(dist, page), 'utf8'))) {
    const size = gzipSync(readFileSync(join(dist, 'assets', name)), { level: 9 }).length;
    console.log(`${page}  ${kib(size).padStart(10)}  ${name}`);
    const language = LANGUAGES.findIndex((pattern) => pattern.test(name));
    if (language < 0) total += size;
    else texts[language] += size;
  }
  total += Math.max(...texts);
  console.log(`${page}  ${kib(total).padStart(10)}  of ${kib(budget)}`);
  failed ||= total > budget || total === 0;
}
process.exit(failed ? 1 : 0);
