/** Starts the real binary on a port and a database of its own. */
import { spawn, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const BINARY = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug/machiaruki');

/** Where `demo-ward.mjs` puts a demo ward that is set up. */
export const DEMO_WARD = join(import.meta.dirname, '../output/demo-ward');

/** Of which program and which day a demo ward is: outings follow the day. */
export const demoStamp = () =>
  `${String(statSync(BINARY).mtimeMs)} ${new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10)}`;

/** Copies the demo ward that is set up, if it is there and of today: setting it up takes most of a start. */
function copyDemoWard(folder) {
  const stamp = join(DEMO_WARD, 'stamp');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== demoStamp()) return;
  cpSync(join(DEMO_WARD, 'data'), folder, { recursive: true });
}

/** A real public file, or null (and a reason on the console) where it is not there. */
export function realFile(path) {
  const file = join(ROOT, '../shared/data', path);
  if (existsSync(file)) return file;
  console.log(`skipped: ${file} is not there`);
  return null;
}

export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/**
 * A running service: `url`, `run(...)` for other commands on its database, `sql(...)` for what no command does,
 * `stop()`. Options that need the address are made by a function of it.
 */
export async function start(kind, options = []) {
  const folder = mkdtempSync(join(tmpdir(), 'machiaruki-web-'));
  const file = join(folder, kind === 'demo' ? 'demo.sqlite' : 'ward.sqlite');
  const database = `sqlite:${file}`;
  if (kind === 'demo') copyDemoWard(folder);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const more = typeof options === 'function' ? await options(url) : options;
  const where = kind === 'demo' ? ['--data', folder] : ['--database-url', database];
  const child = spawn(BINARY, [kind, '--listen', `127.0.0.1:${port}`, ...where, ...more], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (data) => (log += data));
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer?.ok) {
      const page = await (await fetch(`${url}/`)).text();
      if (!page.includes('<map-page>')) throw new Error(`${BINARY} was built without its browser app`);
      break;
    }
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the service did not start: ${log}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    url,
    /** The file of its database. */
    database: kind === 'demo' ? join(folder, 'demo.sqlite') : join(folder, 'ward.sqlite'),
    /** The program, for commands that need no database. */
    program: (...command) => execFileSync(BINARY, command, { encoding: 'utf8' }),
    run: (...command) =>
      execFileSync(BINARY, [...command, '--database-url', database], { encoding: 'utf8' }),
    sql: (text) => execFileSync('sqlite3', ['-cmd', '.timeout 10000', file, text], { encoding: 'utf8' }),
    /** Ends it; `keep` may look at its folder before that goes. */
    stop: async (keep) => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
      keep?.(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
