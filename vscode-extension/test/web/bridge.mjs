// A language server behind a WebSocket: each connection gets a process of its own.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { WebSocketServer } from "ws";

const checkout = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** Starts listening on a free port of the loopback interface. */
export async function startBridge() {
  const [command, ...words] = (process.env.DTL ?? "python3 -m dtl").split(" ");
  const sockets = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  const children = new Set();
  sockets.on("connection", (socket) => {
    const child = spawn(command, [...words, "lsp"], { cwd: checkout, stdio: ["pipe", "pipe", "inherit"] });
    children.add(child);
    socket.on("message", (data) => {
      child.stdin.write(`Content-Length: ${data.length}\r\n\r\n`);
      child.stdin.write(data);
    });
    socket.on("close", () => child.stdin.end());
    readMessages(child.stdout, (text) => socket.send(text));
    child.on("exit", () => {
      children.delete(child);
      socket.close();
    });
  });
  await new Promise((resolve) => sockets.once("listening", resolve));
  return {
    port: sockets.address().port,
    close: () => {
      sockets.close();
      for (const child of children) child.kill();
    },
  };
}

function readMessages(stream, take) {
  let waiting = Buffer.alloc(0);
  stream.on("data", (part) => {
    waiting = Buffer.concat([waiting, part]);
    for (;;) {
      const end = waiting.indexOf("\r\n\r\n");
      if (end < 0) return;
      const size = Number(/content-length: *(\d+)/i.exec(waiting.subarray(0, end).toString())[1]);
      if (waiting.length < end + 4 + size) return;
      take(waiting.subarray(end + 4, end + 4 + size).toString());
      waiting = waiting.subarray(end + 4 + size);
    }
  });
}
