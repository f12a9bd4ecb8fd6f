// Which server is started. Pure: the disk is asked through `exists`.

import * as path from 'node:path';

/** What the choice depends on. */
export interface Surroundings {
  /** The setting `routewright.serverPath`. */
  setting: string;
  /** Whether the workspace is trusted. */
  trusted: boolean;
  /** Paths of the workspace's folders. */
  folders: readonly string[];
  /** The extension's folder. */
  extension: string;
  home: string;
  platform: NodeJS.Platform;
  exists: (file: string) => boolean;
  /** The program that the `routewright` of a folder's `node_modules` starts, if that can be told. */
  program: (folder: string) => string | undefined;
}

/** A server, and where it was found. */
export interface Choice {
  from: 'setting' | 'project' | 'extension' | 'PATH';
  command: string;
  /** Windows starts scripts through a shell only. */
  shell: boolean;
}

/** There is no server where a person said that there is. */
export interface Missing {
  missing: string;
}

/**
 * What a person says comes first. Then the project's own, so that everybody who works on it has the same; then
 * the one that came with this extension.
 *
 * In a workspace that isn't trusted neither the setting nor the project has a say: both name a program that
 * somebody else may have put there. Our own server executes nothing, so it runs.
 */
export function choose(around: Surroundings): Choice | Missing {
  const { setting, trusted, folders, platform, exists } = around;
  const windows = platform === 'win32';
  const at = windows ? path.win32 : path.posix;
  const executable = windows ? 'routewright.exe' : 'routewright';
  const chosen = (from: Choice['from'], command: string): Choice => ({
    from,
    command,
    shell: windows && /\.(cmd|bat)$/i.test(command),
  });

  if (trusted && setting.trim() !== '') {
    const command = expanded(setting.trim(), around, at);
    return exists(command) ? chosen('setting', command) : { missing: command };
  }
  if (trusted) {
    const names = windows ? ['routewright.exe', 'routewright.cmd'] : ['routewright'];
    for (const folder of folders) {
      const own = names.map((name) => at.join(folder, 'node_modules', '.bin', name)).find(exists);
      if (own !== undefined) {
        // What npm puts there is a script, and an editor started from a dock has no `node` on its PATH.
        return chosen('project', around.program(folder) ?? own);
      }
    }
  }
  const bundled = at.join(around.extension, 'bin', executable);
  return exists(bundled) ? chosen('extension', bundled) : chosen('PATH', executable);
}

function expanded(setting: string, { folders, home }: Surroundings, at: path.PlatformPath): string {
  const first = folders[0] ?? '';
  const whole = setting.replaceAll('${workspaceFolder}', first).replace(/^~(?=[/\\])/, home);
  return at.isAbsolute(whole) ? whole : at.join(first, whole);
}
