// Bundles the extension twice: for the desktop, where a language server can be started, and for browsers.
import { build } from "esbuild";

const production = process.argv.includes("--production");
const shared = {
  bundle: true,
  format: "cjs",
  target: "es2022",
  external: ["vscode"],
  minify: production,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
};

await Promise.all([
  build({ ...shared, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", platform: "node" }),
  build({ ...shared, entryPoints: ["src/web.ts"], outfile: "dist/web.js", platform: "browser" }),
]);
