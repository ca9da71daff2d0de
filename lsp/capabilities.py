"""What the client is told the server can do, and which file of `requests` answers which method.

It stands here and not in those files, so that the first findings need not wait until all of them are imported.
"""

from __future__ import annotations

from typing import Any

from dtl.ide.token_words import KINDS, MODIFIERS

#: How the names of files end that hold programs of their own; `dtl.embedded` says the same.
HOST_ENDINGS = (".yaml", ".yml", ".toml")

CAPABILITIES: dict[str, Any] = {
    "codeActionProvider": {
        "codeActionKinds": ["quickfix", "refactor.extract", "refactor.inline", "refactor.rewrite", "source.fixAll.dtl"]
    },
    "callHierarchyProvider": True,
    "completionProvider": {"triggerCharacters": [".", "%", '"', "(", ",", ":", "{", "/"], "resolveProvider": True},
    "diagnosticProvider": {"identifier": "dtl", "interFileDependencies": True, "workspaceDiagnostics": True},
    "documentFormattingProvider": True,
    "documentRangeFormattingProvider": True,
    "hoverProvider": True,
    "inlayHintProvider": True,
    "definitionProvider": True,
    "declarationProvider": True,
    "referencesProvider": True,
    "documentHighlightProvider": True,
    "renameProvider": {"prepareProvider": True},
    "codeLensProvider": {"resolveProvider": False},
    "executeCommandProvider": {"commands": ["dtl.runOnSample"]},
    "signatureHelpProvider": {"triggerCharacters": ["(", ","], "retriggerCharacters": [":", ")"]},
    "foldingRangeProvider": True,
    "selectionRangeProvider": True,
    "documentSymbolProvider": True,
    "workspaceSymbolProvider": True,
    "textDocumentSync": {"openClose": True, "change": 2, "save": {"includeText": False}},
    "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}},
    "semanticTokensProvider": {
        "legend": {"tokenTypes": list(KINDS), "tokenModifiers": list(MODIFIERS)},
        "full": {"delta": True},
        "range": True,
    },
}

#: The file that answers each method.
HOMES = {
    "textDocument/codeAction": "actions",
    "textDocument/prepareCallHierarchy": "calls",
    "callHierarchy/incomingCalls": "calls",
    "callHierarchy/outgoingCalls": "calls",
    "textDocument/completion": "completion",
    "completionItem/resolve": "completion",
    "textDocument/diagnostic": "diagnostics",
    "workspace/diagnostic": "diagnostics",
    "textDocument/formatting": "formatting",
    "textDocument/rangeFormatting": "formatting",
    "textDocument/hover": "hover",
    "textDocument/inlayHint": "inlay",
    "textDocument/definition": "navigation",
    "textDocument/declaration": "navigation",
    "textDocument/references": "navigation",
    "textDocument/documentHighlight": "navigation",
    "textDocument/prepareRename": "rename",
    "textDocument/rename": "rename",
    "textDocument/codeLens": "sample",
    "workspace/executeCommand": "sample",
    "textDocument/signatureHelp": "signature",
    "textDocument/foldingRange": "structure",
    "textDocument/selectionRange": "structure",
    "textDocument/documentSymbol": "symbols",
    "workspace/symbol": "symbols",
    "initialized": "sync",
    "textDocument/didOpen": "sync",
    "textDocument/didChange": "sync",
    "textDocument/didClose": "sync",
    "textDocument/didSave": "sync",
    "workspace/didChangeWatchedFiles": "sync",
    "workspace/didChangeWorkspaceFolders": "sync",
    "workspace/didChangeConfiguration": "sync",
    "textDocument/semanticTokens/full": "tokens",
    "textDocument/semanticTokens/full/delta": "tokens",
    "textDocument/semanticTokens/range": "tokens",
}
