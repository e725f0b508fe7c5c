/** Starts the real binary on a port and a database of its own. */
import { spawn, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const BINARY = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug/machiaruki');

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
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
