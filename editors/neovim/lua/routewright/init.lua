-- For Neovim 0.10, which has no vim.lsp.config: require('routewright').setup(). On newer ones it does
-- the same as vim.lsp.config('routewright', options) and vim.lsp.enable('routewright').
local M = {}

-- What the file for newer versions says, with the options of who calls over it.
local function configured(options)
  local file = vim.api.nvim_get_runtime_file('lsp/routewright.lua', false)[1]
  return vim.tbl_deep_extend('force', dofile(file), options or {})
end

-- In 0.10 what starts a server isn't told its root.
local function command(config, root)
  if type(config.cmd) == 'table' then
    return config.cmd
  end
  return function(dispatchers)
    return config.cmd(dispatchers, { root_dir = root })
  end
end

local function attach(config, bufnr)
  local function start(root)
    local here = { name = 'routewright', root_dir = root, cmd = command(config, root) }
    vim.lsp.start(vim.tbl_extend('force', config, here), { bufnr = bufnr })
  end
  if type(config.root_dir) == 'function' then
    config.root_dir(bufnr, start)
  elseif config.root_dir then
    start(config.root_dir)
  end
end

---@param options? vim.lsp.Config
function M.setup(options)
  M.is_set_up = true
  if vim.lsp.config then
    vim.lsp.config('routewright', options or {})
    vim.lsp.enable('routewright')
    return
  end
  local config = configured(options)
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('routewright', {}),
    pattern = config.filetypes,
    callback = function(event)
      -- not for what only shows a file: differences, previews
      if vim.bo[event.buf].buftype == '' then
        attach(config, event.buf)
      end
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.list_contains(config.filetypes, vim.bo[bufnr].filetype) then
      attach(config, bufnr)
    end
  end
end

return M
