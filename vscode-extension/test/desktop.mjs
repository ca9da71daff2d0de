// The desktop bundle against a stand-in for the editor's API: it activates, registers its commands, starts `dtl lsp`,
// shows what it finds in an open document, restarts and stops it. DTL names the command (default: dtl).
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import Module from "node:module";

const events = { commands: new Map(), collections: new Map(), status: [], messages: [], open: undefined };

class Disposable {
  constructor(action) {
    this.action = action;
  }
  dispose() {
    this.action?.();
  }
  static from(...all) {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }
}
class EventEmitter {
  listeners = new Set();
  event = (listener) => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(value) {
    for (const listener of this.listeners) listener(value);
  }
  dispose() {}
}
class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable() };
  cancel() {}
  dispose() {}
}
class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}
class Range {
  constructor(start, end) {
    Object.assign(this, { start, end });
  }
}
class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}
class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(":")[0];
    this.path = this.fsPath = text.replace(/^\w+:\/\//, "");
  }
  toString() {
    return this.text;
  }
  static parse(text) {
    return new Uri(text);
  }
  static file(path) {
    return new Uri(`file://${path}`);
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind(`${this.value}.${part}`);
  }
}
const kinds = ["Empty", "QuickFix", "Refactor", "RefactorExtract", "RefactorInline", "RefactorRewrite", "Source"];
for (const name of [...kinds, "SourceOrganizeImports"]) CodeActionKind[name] = new CodeActionKind(name);

const text = ". = parse_jsn!(.message)\n";
const document = {
  uri: Uri.parse("file:///nowhere/a.dtl"),
  languageId: "dtl",
  version: 1,
  fileName: "/nowhere/a.dtl",
  getText: () => text,
  lineCount: 2,
  isClosed: false,
};

/** Anything else: a name that can be called, constructed, and asked for more names. */
function anything(known = {}) {
  return new Proxy(Object.assign(class {}, known), {
    get: (target, name) => {
      if (name in known) return known[name];
      if (name === "prototype" || name === Symbol.toPrimitive) return target[name];
      if (typeof name === "symbol" || name === "then") return undefined;
      if (/^(on|register|create)[A-Z]/.test(name)) return () => new Disposable();
      return (known[name] = /^[A-Z]/.test(name) ? class extends Object {} : anything());
    },
  });
}

const settings = { path: process.env.DTL ?? "dtl" };
const vscode = anything({
  ViewColumn: { Beside: -2 },
  version: "1.91.1",
  Disposable,
  EventEmitter,
  Position,
  Range,
  Diagnostic,
  CodeActionKind,
  CancellationTokenSource,
  Uri,
  CancellationError: class extends Error {},
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  LanguageStatusSeverity: { Information: 0, Warning: 1, Error: 2 },
  env: { language: "en", appName: "test", appHost: "desktop" },
  commands: anything({
    registerCommand: (name, action) => {
      assert.ok(!events.commands.has(name), `command ${name} already exists`);
      events.commands.set(name, action);
      return new Disposable(() => events.commands.delete(name));
    },
  }),
  workspace: anything({
    textDocuments: [document],
    workspaceFolders: undefined,
    notebookDocuments: [],
    isTrusted: true,
    getConfiguration: () => ({ get: (name, other) => settings[name] ?? other, has: () => false, inspect: () => undefined }),
    createFileSystemWatcher: () => ({
      onDidCreate: () => new Disposable(),
      onDidChange: () => new Disposable(),
      onDidDelete: () => new Disposable(),
      dispose: () => {},
    }),
  }),
  languages: anything({
    match: (selector, doc) =>
      [selector].flat().some((each) => (each.language ?? each) === doc.languageId || each.language === undefined) ? 10 : 0,
    createDiagnosticCollection: (name) => {
      const found = new Map();
      events.collections.set(name, found);
      return { set: (uri, all) => found.set(String(uri), all), delete: () => {}, clear: () => {}, dispose: () => {} };
    },
    createLanguageStatusItem: () => {
      const item = { dispose: () => {} };
      return new Proxy(item, {
        set: (target, name, value) => {
          target[name] = value;
          if (name === "text") events.status.push(value);
          return true;
        },
      });
    },
  }),
  window: anything({
    createOutputChannel: () => ({
      append: (part) => events.messages.push(part),
      appendLine: (line) => events.messages.push(line),
      show: () => {},
      dispose: () => {},
    }),
    showErrorMessage: async (message) => void events.messages.push(message),
    showInformationMessage: async () => undefined,
    activeTextEditor: undefined,
    visibleTextEditors: [],
    tabGroups: anything({ all: [], onDidChangeTabs: () => new Disposable() }),
  }),
});

const load = Module._load;
Module._load = function (name, ...rest) {
  return name === "vscode" ? vscode : load.call(this, name, ...rest);
};
const extension = createRequire(import.meta.url)("../dist/extension.js");
await extension.activate({ subscriptions: [], extensionPath: ".", asAbsolutePath: (path) => path });
const expected = ["dtl.explainCode", "dtl.restartServer", "dtl.runOnSample", "dtl.showHir", "dtl.showLog"];
assert.deepEqual(expected.filter((name) => !events.commands.has(name)), []);
assert.match(events.status.at(-1) ?? "", /^dtl \d/, events.messages.join("\n"));
const found = () => [...events.collections.values()].flatMap((each) => [...each.values()].flat());
for (let tries = 0; found().length === 0 && tries < 100; tries += 1) await new Promise((done) => setTimeout(done, 100));
const first = found()[0]?.message ?? "nothing was found";
assert.match(first, /undefined function/);
await events.commands.get("dtl.restartServer")();
assert.match(events.status.at(-1) ?? "", /^dtl \d/, events.messages.join("\n"));
await extension.deactivate();
console.log(`ok  the desktop bundle starts, restarts and stops ${settings.path} lsp: ${first}`);
