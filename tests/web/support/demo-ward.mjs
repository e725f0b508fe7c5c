/** Sets a demo ward up once, for all tests to copy. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_WARD, demoStamp, start } from './server.mjs';

rmSync(DEMO_WARD, { recursive: true, force: true });
const service = await start('demo');
await service.stop((folder) => {
  mkdirSync(DEMO_WARD, { recursive: true });
  cpSync(folder, join(DEMO_WARD, 'data'), { recursive: true });
  // Last: what is there without it is not whole.
  writeFileSync(join(DEMO_WARD, 'stamp'), demoStamp());
});
