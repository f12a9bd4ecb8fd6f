// VS Code without its own window: code-server is its server and its extension host, and the window is a page
// in a browser. Everything starts in the process group of this script.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As a person has it who likes it quiet: nothing of the editor's own stands in the picture. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.colorTheme': 'Dark 2026',
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'breadcrumbs.symbolPath': 'off',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'update.mode': 'none',
  'git.enabled': false,
  'files.autoSave': 'off',
  'editor.fontFamily': "'DejaVu Sans Mono', monospace",
  'editor.fontSize': 14,
  'editor.minimap.enabled': false,
};

export class Editor {
  /** - program: Node and code-server's script */
  constructor([program, ...entry], home) {
    this.program = program;
    this.entry = entry;
    this.data = join(home, 'vscode');
    this.env = { ...process.env, HOME: home };
    // those of a terminal inside another VS Code
    for (const name of Object.keys(this.env)) if (/^(VSCODE|ELECTRON)_/.test(name)) delete this.env[name];
    this.extensions = join(this.data, 'extensions');
    this.folders = ['--user-data-dir', this.data, '--extensions-dir', this.extensions];
    mkdirSync(join(this.data, 'User'), { recursive: true });
    this.configure({});
  }

  /** Writes the person's settings, for the next window. */
  configure(more) {
    writeFileSync(join(this.data, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...more }, null, 2));
  }

  install(vsix) {
    const args = [...this.entry, ...this.folders, '--install-extension', vsix];
    const said = execFileSync(this.program, args, { env: this.env, stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
    if (!said.includes('was successfully installed')) throw new Error(said);
  }

  /** Starts it; resolves when it listens. */
  async start() {
    const args = [...this.entry, '--bind-addr', '127.0.0.1:0', '--auth', 'none', '--disable-telemetry', '--disable-update-check'];
    args.push('--disable-getting-started-override', ...this.folders);
    this.process = spawn(this.program, args, { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    this.port = await new Promise((resolve, reject) => {
      const read = (text) => {
        said += text;
        const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
        if (port !== undefined) resolve(Number(port));
      };
      this.process.stdout.on('data', read);
      this.process.stderr.on('data', read);
      this.process.once('exit', (code) => reject(new Error(`code-server ended with ${code}: ${said}`)));
    });
  }

  url(folder) {
    return `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(folder)}`;
  }

  /** Ends it, as a person does who has had enough. */
  stop() {
    this.process?.kill('SIGTERM');
  }
}
