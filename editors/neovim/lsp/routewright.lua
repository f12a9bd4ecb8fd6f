-- Routewright for Neovim 0.11 and newer: copy to ~/.config/nvim/lsp/ and call
-- vim.lsp.enable('routewright'). Attaches in Next.js projects only.

-- Whether a folder is an application: it has a configuration for Next.js, or depends on it.
local function is_app(folder)
  for _, ending in ipairs({ 'ts', 'js', 'mjs', 'cjs' }) do
    if vim.uv.fs_stat(folder .. '/next.config.' .. ending) then
      return true
    end
  end
  local file = io.open(folder .. '/package.json')
  local text = file and file:read('*a') or ''
  if file then
    file:close()
  end
  return text:find('"next"%s*:') ~= nil
end

-- Whether a monorepo has an application, for files of the packages beside it.
local function holds_app(repository)
  local function skip(folder)
    return not vim.fs.basename(folder):find('^%.') and vim.fs.basename(folder) ~= 'node_modules'
  end
  for name, type in vim.fs.dir(repository, { depth = 2, skip = skip }) do
    if type == 'directory' and is_app(repository .. '/' .. name) then
      return true
    end
  end
  return false
end

-- With a TypeScript server beside it, Routewright leaves definitions of imported names to that
-- one, or each place would be shown twice.
local typescript = { 'ts_ls', 'vtsls', 'tsgo', 'typescript-tools', 'denols' }

local function look_beside(client)
  local beside = vim.iter(vim.lsp.get_clients()):any(function(other)
    return vim.list_contains(typescript, other.name)
  end)
  if client.settings.routewright.typescriptServer ~= beside then
    local change = { routewright = { typescriptServer = beside } }
    client.settings = vim.tbl_deep_extend('force', client.settings, change)
    client:notify('workspace/didChangeConfiguration', { settings = client.settings })
  end
end

return {
  cmd = { 'routewright', 'lsp' },
  filetypes = { 'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'json', 'jsonc' },
  root_dir = function(buffer, on_dir)
    local name = vim.api.nvim_buf_get_name(buffer)
    -- Of JSON files only those whose mistakes Routewright tells.
    if vim.bo[buffer].filetype:find('^json') and not vim.fs.basename(name):find('^[tj]sconfig.*%.json$') then
      return
    end
    local app = vim.iter(vim.fs.parents(name)):find(is_app)
    -- A monorepo is one workspace: packages hold endpoints and calls, too.
    local repository = vim.fs.root(name, { 'pnpm-workspace.yaml', '.git' })
    if app or repository and holds_app(repository) then
      on_dir(repository or app)
    end
  end,
  settings = { routewright = { typescriptServer = false } },
  on_init = function(client)
    vim.api.nvim_create_autocmd('LspAttach', {
      group = vim.api.nvim_create_augroup('routewright.' .. client.id, {}),
      callback = function()
        if client:is_stopped() then
          return true -- removes this
        end
        look_beside(client)
      end,
    })
  end,
}
