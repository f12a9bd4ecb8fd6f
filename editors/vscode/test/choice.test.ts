import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, type Surroundings } from '../src/server/choice';

const BUNDLED = '/ext/bin/routewright';
const OWN = '/code/web/node_modules/.bin/routewright';

function chosen(files: string[], more: Partial<Surroundings> = {}): string {
  const choice = choose({
    setting: '',
    trusted: true,
    folders: ['/code/docs', '/code/web'],
    extension: '/ext',
    home: '/home/me',
    platform: 'linux',
    exists: (file) => files.includes(file),
    program: () => undefined,
    ...more,
  });
  return 'missing' in choice ? `missing ${choice.missing}` : `${choice.from} ${choice.command}${choice.shell ? ' by a shell' : ''}`;
}

test('a setting, the project, the extension, PATH', () => {
  const everything = ['/opt/rw', OWN, BUNDLED];
  assert.equal(chosen(everything, { setting: '/opt/rw' }), 'setting /opt/rw');
  assert.equal(chosen(everything), `project ${OWN}`);
  assert.equal(chosen([BUNDLED]), `extension ${BUNDLED}`);
  assert.equal(chosen([]), 'PATH routewright');
  assert.equal(chosen([BUNDLED], { folders: [] }), `extension ${BUNDLED}`);
});

test('the program behind a project’s script', () => {
  const program = (folder: string): string => `${folder}/native`;
  assert.equal(chosen([OWN, BUNDLED], { program }), 'project /code/web/native');
  assert.equal(chosen([BUNDLED], { program }), `extension ${BUNDLED}`, 'no script, no wish');
  assert.equal(chosen([OWN, BUNDLED], { program, trusted: false }), `extension ${BUNDLED}`);
});

test('a workspace that isn’t trusted has no say', () => {
  const everything = ['/opt/rw', OWN, BUNDLED];
  assert.equal(chosen(everything, { setting: '/opt/rw', trusted: false }), `extension ${BUNDLED}`);
  assert.equal(chosen([OWN], { trusted: false }), 'PATH routewright');
});

test('a wrong setting is said, not passed over', () => {
  assert.equal(chosen([OWN, BUNDLED], { setting: '/opt/rw' }), 'missing /opt/rw');
});

test('paths that people write', () => {
  assert.equal(chosen(['/home/me/bin/rw'], { setting: '~/bin/rw' }), 'setting /home/me/bin/rw');
  assert.equal(chosen(['/code/docs/rw'], { setting: '${workspaceFolder}/rw' }), 'setting /code/docs/rw');
  assert.equal(chosen(['/code/docs/tools/rw'], { setting: ' tools/rw ' }), 'setting /code/docs/tools/rw');
});

test('Windows', () => {
  const windows = { platform: 'win32' as const, folders: ['C:\\web'], extension: 'C:\\ext' };
  assert.equal(chosen(['C:\\ext\\bin\\routewright.exe'], windows), 'extension C:\\ext\\bin\\routewright.exe');
  const script = 'C:\\web\\node_modules\\.bin\\routewright.cmd';
  assert.equal(chosen([script], windows), `project ${script} by a shell`);
});
