---@brief
---
--- https://github.com/routewright/routewright
---
--- Routewright knows every HTTP endpoint of a Next.js application (Server Actions, Route Handlers,
--- `pages/api`), who calls it, and how to turn one kind into the other. It runs beside a TypeScript
--- server and attaches in Next.js projects only.
---
--- ```sh
--- cargo install --path server/routewright
--- ```
---
--- A project's own `node_modules/.bin/routewright` is preferred.
---
--- - `:LspRoutewrightEndpoints [QUERY]`: go to an endpoint by method, URL, name, or a line of a log
--- - `:LspRoutewrightConvert`: convert the Server Action or Route Handler under the cursor
--- - `:LspRoutewrightCopyAsCurl`, `:LspRoutewrightCopyAsHttp`: a request to the endpoint under the
---   cursor, into the clipboard
---
--- Code lenses are off until they are asked for:
---
--- ```lua
--- vim.lsp.config('routewright', { settings = { routewright = { codeLens = true } } })
--- ```

-- Up to Neovim 0.10 a client's functions were no methods.
local function call(client, name, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[name](client, ...)
  end
  return client[name](...)
end

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

-- The project's own binary, so that everybody who works on it has the same; else the one on PATH. In a
-- monorepo it is the application's, or the root's.
local function command(root)
  local folders = vim.iter(vim.fs.parents(vim.api.nvim_buf_get_name(0))):filter(function(folder)
    return root and vim.startswith(folder, root)
  end):totable()
  for _, folder in ipairs(vim.list_extend(folders, { root })) do
    local own = folder .. '/node_modules/.bin/routewright'
    if vim.fn.executable(own) == 1 then
      return { vim.fn.exepath(own), 'lsp' }
    end
  end
  return { 'routewright', 'lsp' }
end

-- With a TypeScript server beside it, Routewright leaves definitions of imported names to that
-- one, or each place would be shown twice.
local typescript = { 'ts_ls', 'vtsls', 'tsgo', 'typescript-tools', 'denols' }

local function look_beside(client)
  local beside = vim.iter(vim.lsp.get_clients()):any(function(other)
    return vim.list_contains(typescript, other.name)
  end)
  if (client.settings.routewright.typescriptServer or false) ~= beside then
    local change = { routewright = { typescriptServer = beside } }
    client.settings = vim.tbl_deep_extend('force', client.settings, change)
    call(client, 'notify', 'workspace/didChangeConfiguration', { settings = client.settings })
  end
end

local function setting(client, key)
  return vim.tbl_get(client.settings or {}, 'routewright', key)
end

local function show(client, location)
  vim.lsp.util.show_document(location, client.offset_encoding, { focus = true, reuse_win = true })
end

local function say(text, level)
  vim.notify('routewright: ' .. text, level or vim.log.levels.INFO)
end

-- Asks, and goes on if there is an answer; an error is said.
local function ask(client, method, params, bufnr, go_on)
  call(client, 'request', method, params, function(error, result)
    if error then
      say(error.message, vim.log.levels.ERROR)
    elseif result then
      go_on(result)
    end
  end, bufnr)
end

-- What a code lens opens: the callers, without the declaration. One is gone to.
local function show_references(client, uri, position, bufnr)
  local params = {
    textDocument = { uri = uri },
    position = position,
    context = { includeDeclaration = false },
  }
  ask(client, 'textDocument/references', params, bufnr, function(found)
    if #found == 0 then
      say('nothing calls this')
    elseif #found == 1 then
      show(client, found[1])
    else
      local items = vim.lsp.util.locations_to_items(found, client.offset_encoding)
      vim.fn.setqflist({}, ' ', { title = 'Callers', items = items })
      vim.cmd('botright copen')
    end
  end)
end

-- Every endpoint, or those that fit: the server finds them by words of a name or URL, by an action's
-- ID, and in lines of logs.
local function endpoints(client, bufnr, query)
  ask(client, 'workspace/symbol', { query = query }, bufnr, function(found)
    if #found == 0 then
      say(query == '' and 'no endpoints yet' or 'no endpoint is like ' .. query)
      return
    end
    local widest = 0
    for _, symbol in ipairs(found) do
      widest = math.max(widest, vim.fn.strdisplaywidth(symbol.name))
    end
    local function format(symbol)
      local file = vim.uri_to_fname(symbol.location.uri)
      local root = client.config.root_dir
      local path = root and vim.startswith(file, root .. '/') and file:sub(#root + 2) or vim.fn.fnamemodify(file, ':~:.')
      local gap = (' '):rep(widest - vim.fn.strdisplaywidth(symbol.name))
      return ('%s%s  %s:%d'):format(symbol.name, gap, path, symbol.location.range.start.line + 1)
    end
    local about = { prompt = 'Endpoints', kind = 'routewright.endpoints', format_item = format }
    vim.ui.select(found, about, function(symbol)
      if symbol then
        show(client, symbol.location)
      end
    end)
  end)
end

-- A request to the endpoint under the cursor, as text, into the clipboard and the unnamed register.
local function copy(client, bufnr, form, at)
  local arguments = at
  if not arguments then
    local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
    arguments = { params.textDocument.uri, params.position }
  end
  -- we show it by having it in the clipboard
  local asked = { command = form, arguments = { arguments[1], arguments[2], { show = false } } }
  ask(client, 'workspace/executeCommand', asked, bufnr, function(text)
    if type(text) ~= 'string' then
      return -- why not is said by the server
    end
    vim.fn.setreg('"', text)
    if vim.fn.has('clipboard') == 1 then
      vim.fn.setreg('+', text)
    end
    -- what comes before it, as comments, is for whoever pastes
    say('copied ' .. vim.iter(vim.split(text, '\n')):find(function(line)
      return not line:find('^#')
    end))
  end)
end

-- Only our code actions, and only conversions.
local function convert()
  vim.lsp.buf.code_action({
    context = { only = { 'refactor.rewrite' }, diagnostics = {} },
    filter = function(action)
      return vim.tbl_get(action, 'data', 'way') ~= nil or vim.tbl_get(action, 'command', 'command') == 'routewright.convert'
    end,
  })
end

-- Neovim draws lenses when it is told to, up to 0.11.
local function draw_lenses(bufnr)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = bufnr })
    return
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'CursorHold' }, {
    group = vim.api.nvim_create_augroup('routewright.lenses.' .. bufnr, {}),
    buffer = bufnr,
    callback = function()
      vim.lsp.codelens.refresh({ bufnr = bufnr })
    end,
  })
  vim.lsp.codelens.refresh({ bufnr = bufnr })
end

-- A command's handler: from the client's ID to the client.
local function by_client(run)
  return function(asked, context)
    local client = vim.lsp.get_client_by_id(context.client_id)
    if client then
      run(client, asked, context.bufnr)
    end
  end
end

-- A server that was killed or crashed comes back for the buffers that it had, unsaved text and all; four
-- times in three minutes is once too often. SIGTERM is somebody's wish (`client:stop(true)`), an end with
-- code 0 the way it should be.
local ends = {}
local SIGTERM, PERIOD, MOST = 15, 180, 3

local function come_back(code, signal, id)
  local client = vim.lsp.get_client_by_id(id)
  if not client or signal == SIGTERM or (code == 0 and signal == 0) then
    return
  end
  local config, buffers = client.config, vim.tbl_keys(client.attached_buffers)
  -- the client itself has to be gone before, or it would be taken for the new one
  vim.defer_fn(function()
    if vim.v.exiting ~= vim.NIL then
      return
    end
    local now = vim.uv.now() / 1000
    ends = vim.tbl_filter(function(past)
      return now - past < PERIOD
    end, ends)
    ends[#ends + 1] = now
    local how = signal ~= 0 and 'signal ' .. signal or 'code ' .. code
    if #ends > MOST then
      say(('the server ended again (%s) and stays so; :edit in a buffer starts it, :LspLog says more'):format(how), vim.log.levels.ERROR)
      return
    end
    say(('the server ended (%s) and is started again'):format(how), vim.log.levels.WARN)
    for _, bufnr in ipairs(buffers) do
      if vim.api.nvim_buf_is_loaded(bufnr) then
        vim.lsp.start(config, { bufnr = bufnr })
      end
    end
  end, 200)
end

---@type vim.lsp.Config
return {
  cmd = function(dispatchers, config)
    return vim.lsp.rpc.start(command((config or {}).root_dir), dispatchers)
  end,
  filetypes = { 'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'json', 'jsonc' },
  root_dir = function(bufnr, on_dir)
    local name = vim.api.nvim_buf_get_name(bufnr)
    -- Of JSON files only those whose mistakes Routewright tells.
    if vim.bo[bufnr].filetype:find('^json') and not vim.fs.basename(name):find('^[tj]sconfig.*%.json$') then
      return
    end
    local app = vim.iter(vim.fs.parents(name)):find(is_app)
    -- A monorepo is one workspace: packages hold endpoints and calls, too.
    local repository = vim.fs.root(name, { 'pnpm-workspace.yaml', '.git' })
    if app or repository and holds_app(repository) then
      on_dir(repository or app)
    end
  end,
  settings = { routewright = vim.empty_dict() },
  commands = {
    ['routewright.showReferences'] = by_client(function(client, asked, bufnr)
      show_references(client, asked.arguments[1], asked.arguments[2], bufnr)
    end),
    ['routewright.copyAsCurl'] = by_client(function(client, asked, bufnr)
      copy(client, bufnr, asked.command, asked.arguments)
    end),
    ['routewright.copyAsHttp'] = by_client(function(client, asked, bufnr)
      copy(client, bufnr, asked.command, asked.arguments)
    end),
  },
  on_exit = come_back,
  on_init = function(client)
    if setting(client, 'typescriptServer') ~= nil then
      return -- somebody knows better
    end
    vim.api.nvim_create_autocmd('LspAttach', {
      group = vim.api.nvim_create_augroup('routewright.' .. client.id, {}),
      callback = function()
        if call(client, 'is_stopped') then
          return true -- removes this
        end
        look_beside(client)
      end,
    })
  end,
  on_attach = function(client, bufnr)
    local function add(name, description, run, more)
      local options = vim.tbl_extend('error', { desc = description }, more or {})
      vim.api.nvim_buf_create_user_command(bufnr, 'LspRoutewright' .. name, run, options)
    end
    add('Endpoints', 'Go to an endpoint', function(asked)
      endpoints(client, bufnr, asked.args)
    end, { nargs = '*' })
    add('Convert', 'Convert the endpoint under the cursor', convert)
    add('CopyAsCurl', 'Copy a request to the endpoint under the cursor as curl', function()
      copy(client, bufnr, 'routewright.copyAsCurl')
    end)
    add('CopyAsHttp', 'Copy a request to the endpoint under the cursor as .http', function()
      copy(client, bufnr, 'routewright.copyAsHttp')
    end)
    if setting(client, 'codeLens') then
      draw_lenses(bufnr)
    end
  end,
}
