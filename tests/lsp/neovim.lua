-- A session with a real editor: attach, findings, hover, completion, an edit, formatting, rename; the answers as JSON.
local answers, python, output = {}, vim.env.DTL_TEST_PYTHON, vim.env.DTL_TEST_OUTPUT

vim.o.virtualedit = "all"

local id = vim.lsp.start_client({
  name = "dtl",
  cmd = { python, "-m", "dtl", "lsp" },
  cmd_cwd = vim.env.DTL_TEST_ROOT,
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, id)
local client = vim.lsp.get_client_by_id(id)
vim.wait(20000, function() return client.initialized == true end, 20)

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do table.insert(found, each.code) end
  return found
end

local function ask(method, line, column, more)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local params = vim.tbl_extend("force", vim.lsp.util.make_position_params(0, client.offset_encoding), more or {})
  local answer = client.request_sync(method, params, 20000, 0)
  return answer and answer.result
end

vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
answers.before = codes()
answers.hover = ask("textDocument/hover", 2, 12).contents.value
answers.signature = ask("textDocument/signatureHelp", 2, 16).signatures[1].label

vim.api.nvim_buf_set_lines(0, 3, 4, false, { "  .alert = parse_json!(message)" })
vim.wait(20000, function() return #vim.diagnostic.get(0) == 0 end, 20)
answers.after = codes()

vim.api.nvim_buf_set_lines(0, 5, 5, false, { ".copy   =   .l" })
vim.wait(500, function() return false end, 20) -- Neovim sends changes a little later, and does not hurry for a request
answers.labels = {}
for _, item in ipairs(ask("textDocument/completion", 6, 14).items) do table.insert(answers.labels, item.label) end

local edits = client.request_sync("textDocument/formatting", vim.lsp.util.make_formatting_params(), 20000, 0).result
vim.lsp.util.apply_text_edits(edits, 0, client.offset_encoding)
answers.formatted = vim.api.nvim_buf_get_lines(0, 5, 6, false)[1]

local change = ask("textDocument/rename", 1, 1, { newName = "text" })
vim.lsp.util.apply_workspace_edit(change, client.offset_encoding)
answers.renamed = vim.api.nvim_buf_get_lines(0, 0, 2, false)

client.stop()
vim.wait(10000, function() return client.is_stopped() end, 20)
answers.stopped = client.is_stopped()
vim.fn.writefile({ vim.fn.json_encode(answers) }, output)
vim.cmd("qall!")
