-- :checkhealth routewright
local M = {}
local health = vim.health

local function first_line(command)
  local ran, result = pcall(function()
    return vim.system(command, { text = true }):wait(5000)
  end)
  if ran and result.code == 0 then
    return vim.split(result.stdout or '', '\n')[1]
  end
end

local function check_version()
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  elseif vim.fn.has('nvim-0.10') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()) .. ": set up with require('routewright').setup()")
  else
    health.error('Neovim ' .. tostring(vim.version()) .. ' is too old', { 'Install 0.10 or newer' })
  end
end

-- The first of the folders that has one, as when a server is started; else the one on PATH.
local function check_binary(folders)
  local binary = vim.fn.exepath('routewright')
  for _, folder in ipairs(folders) do
    local own = folder .. '/node_modules/.bin/routewright'
    if vim.fn.executable(own) == 1 then
      binary = own
      break
    end
  end
  if binary == '' then
    health.warn('routewright is neither on PATH nor in the node_modules of the project', {
      'cargo install --path server/routewright, from a checkout of Routewright',
      "or say where it is: vim.lsp.config('routewright', { cmd = { '/path/to/routewright', 'lsp' } })",
    })
    return
  end
  local version = first_line({ binary, '--version' })
  if version then
    health.ok(version .. ': ' .. binary)
  else
    health.error(binary .. ' does not run', { 'Try `' .. binary .. ' --version` in a terminal' })
  end
end

local function check_client(client)
  health.ok(('attached in %s, positions in %s'):format(client.config.root_dir or '?', client.offset_encoding))
  local settings = vim.tbl_get(client.settings or {}, 'routewright') or {}
  if settings.typescriptServer then
    health.info('a TypeScript server runs beside: what that one answers by name is left to it')
  else
    health.info('no TypeScript server beside: every definition and reference of an endpoint is answered')
  end
  health.info('code lenses are ' .. (settings.codeLens and 'on' or 'off (settings.routewright.codeLens)'))
end

local function roots(clients)
  return vim.tbl_map(function(client)
    return client.config.root_dir
  end, clients)
end

function M.check()
  health.start('routewright')
  check_version()
  local clients = vim.lsp.get_clients({ name = 'routewright' })
  check_binary(#clients > 0 and roots(clients) or { vim.uv.cwd() })
  for _, client in ipairs(clients) do
    check_client(client)
  end
  if #clients == 0 then
    health.warn('attached nowhere', {
      'Open a TypeScript or JavaScript file of a Next.js project: one whose package.json names next, or with a next.config file',
      "Is vim.lsp.enable('routewright') in your init.lua?",
    })
  end
  if vim.fn.has('clipboard') == 1 then
    health.ok('requests are copied to the clipboard')
  else
    health.info('no clipboard here: requests are copied to the unnamed register')
  end
end

return M
