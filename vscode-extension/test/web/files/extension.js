// A file system in memory for the test: the files that are written here, read-only in effect.
const vscode = require("vscode");

const FILES = {
  "/project/demo.dtl": `# Log lines of a shop
fn cents(amount: float) -> integer {
  to_int(round(amount * 100.0))
}

. = merge(., object!(parse_json!(.message)))
.user = downcase(trim(.user) ?? "nobody")
.level = match .status { 200..=299 => "info", 400 | 404 => 'warn', _ => "error" }
zone = get_hostname!()
.at = "{{ zone }} " + format_timestamp!(now(), format: "%Y-%m-%d")

for item in .items {
  .total = to_int!(.total || 0) + cents!(item.price)
}
if .level == "debug" { abort }
.key = upcse(.user)
`,
  "/project/parse.vrl": `. |= parse_regex!(.message, r'^(?P<host>\\w+) (?P<rest>.*)$')
if string!(.level) == s'debug' { abort }
.tags = map_values(.tags) -> |tag| { upcase!(tag) }
`,
  "/project/workflow.yaml": `transforms:
  clean:
    inputs: [logs]
    type: dtl
    config:
      source: |
        # in a workflow
        .name = upcase(.name) ?? "none"
        .size = length(.items)
  keep:
    type: filter
    config:
      condition: "size > 1 && state != 'gone'"
  parse:
    type: remap
    source: |
      .time = to_timestamp!(.time)
`,
};

class MemoryFiles {
  constructor() {
    this.changed = new vscode.EventEmitter();
    this.onDidChangeFile = this.changed.event;
    this.texts = new Map(Object.entries(FILES));
  }
  watch() {
    return new vscode.Disposable(() => {});
  }
  stat(uri) {
    const text = this.texts.get(uri.path);
    if (text !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
    if (["/", "/project"].includes(uri.path)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw vscode.FileSystemError.FileNotFound(uri);
  }
  readDirectory() {
    return [...this.texts.keys()].map((path) => [path.split("/").pop(), vscode.FileType.File]);
  }
  readFile(uri) {
    const text = this.texts.get(uri.path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  }
  writeFile(uri, bytes) {
    this.texts.set(uri.path, new TextDecoder().decode(bytes));
  }
  createDirectory() {}
  delete() {}
  rename() {}
}

exports.activate = async (context) => {
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider("memory", new MemoryFiles()));
  await vscode.window.showTextDocument(vscode.Uri.parse("memory:/project/demo.dtl"));
};
