// `node types.mjs RELEASE APP LIST`: what TypeScript says of the application with each of the conversions
// in LIST laid over it, on its own. All of them share the libraries, which are read once.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';

const [release, app, list] = process.argv.slice(2);
const ts = createRequire(join(release, 'package.json'))('typescript');

const { config } = ts.readConfigFile(join(app, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, app);
options.incremental = false;
delete options.plugins;
const sources = ts.sys.readDirectory(app, ['.ts', '.tsx'], ['node_modules', '.next']);

const parsed = new Map();

function check({ files }) {
  const overlay = new Map(Object.entries(files).map(([file, text]) => [join(app, file).split(sep).join('/'), text]));
  const isGone = (path) => overlay.get(path) === null;
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  host.fileExists = (path) => (overlay.has(path) ? !isGone(path) : fileExists.call(host, path));
  host.readFile = (path) => (overlay.has(path) ? overlay.get(path) ?? undefined : readFile.call(host, path));
  host.directoryExists = (path) =>
    directoryExists.call(host, path) || [...overlay.keys()].some((file) => file.startsWith(`${path}/`));
  host.getSourceFile = (path, target, ...rest) => {
    if (overlay.has(path)) return isGone(path) ? undefined : ts.createSourceFile(path, overlay.get(path), target, true);
    if (!parsed.has(path)) parsed.set(path, getSourceFile.call(host, path, target, ...rest));
    return parsed.get(path);
  };
  const added = [...overlay.keys()].filter((path) => !sources.includes(path));
  const program = ts.createProgram([...sources, ...added].filter((path) => !isGone(path)), options, host);
  const ours = program.getSourceFiles().filter((file) => !file.isDeclarationFile);
  const problems = ours.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  return problems.map((problem) => {
    const { line } = problem.file.getLineAndCharacterOfPosition(problem.start);
    const text = ts.flattenDiagnosticMessageText(problem.messageText, ' ').replaceAll('\n', ' ');
    return `${relative(app, problem.file.fileName)}:${line + 1}: TS${problem.code}: ${text}`;
  });
}

const each = JSON.parse(readFileSync(list, 'utf8'));
for (const problem of check({ files: {} })) console.log(`the application as it is: ${problem}`);
for (const one of each) for (const problem of check(one)) console.log(`${one.name} alone: ${problem}`);
