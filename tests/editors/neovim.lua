-- What a person does in Neovim on the sample application, and what has to come of it. Run by
-- `cargo xtask editors` in a fresh copy, as `nvim --headless -S neovim.lua`, with the configuration that
-- editors/neovim/README.md tells people to have. Prints a line a check: `ok   what` or `FAIL what  [why]`,
-- and `time what milliseconds` for figures.
--
-- SCENARIO: which of the functions at the bottom.

local here = vim.uv.cwd()
local failed = false

local function check(what, ok, why)
  failed = failed or not ok
  local because = why ~= nil and not ok and '  [' .. tostring(why):gsub('\n', ' | ') .. ']' or ''
  io.stdout:write(('%s %s%s\n'):format(ok and 'ok  ' or 'FAIL', what, because))
end

local function wait(condition, most)
  return vim.wait(most or 20000, condition, 5)
end

local function client()
  return vim.lsp.get_clients({ name = 'routewright', bufnr = 0 })[1]
end

-- Opens a file, with the server attached, and puts the cursor on the first letter of `needle`, `skip`
-- letters further.
local function go(file, needle, skip)
  vim.cmd.edit(vim.fn.fnameescape(here .. '/' .. file))
  wait(function()
    return client() and client().initialized
  end)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(needle, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 + (skip or 0) })
      return
    end
  end
  error(file .. ' has no ' .. needle)
end

local function where()
  local name = vim.api.nvim_buf_get_name(0)
  return ('%s:%d'):format(name:sub(#here + 2), vim.fn.line('.'))
end

local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return window, table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    end
  end
end

-- What `K` shows.
local function hover()
  local text, window
  vim.lsp.buf.hover()
  wait(function()
    window, text = floating()
    return window
  end, 3000)
  if window then
    vim.api.nvim_win_close(window, true)
  end
  return text or ''
end

local function jump(what, expected)
  local before = where()
  vim.lsp.buf.definition()
  wait(function()
    return where() ~= before
  end, 5000)
  check(what, where() == expected, where())
end

-- The rows of the quickfix list, once there are some.
local function listed(ask)
  vim.fn.setqflist({})
  ask()
  wait(function()
    return #vim.fn.getqflist() > 0
  end, 5000)
  local rows = {}
  for _, item in ipairs(vim.fn.getqflist()) do
    rows[#rows + 1] = ('%s:%d'):format(vim.api.nvim_buf_get_name(item.bufnr):sub(#here + 2), item.lnum)
  end
  vim.cmd.cclose()
  return table.concat(rows, ' ')
end

-- Menus: the titles of the last one; the row that holds `picked` is chosen.
local titles, picked
vim.ui.select = function(items, options, choose)
  titles = {}
  for index, item in ipairs(items) do
    titles[index] = (options.format_item or tostring)(item)
    if picked and titles[index]:find(picked, 1, true) then
      local chosen = picked
      picked = nil
      vim.schedule(function()
        choose(item, index)
      end)
      assert(chosen)
    end
  end
end

local function menu(command, choice, most)
  titles, picked = nil, choice
  vim.cmd(command)
  wait(function()
    return titles
  end, most or 3000)
  return table.concat(titles or {}, '\n')
end

local function read(path)
  local file = io.open(path, 'rb')
  local bytes = file and file:read('*a')
  if file then
    file:close()
  end
  return bytes
end

local function write(path, text)
  vim.fn.mkdir(vim.fs.dirname(here .. '/' .. path), 'p')
  local file = assert(io.open(here .. '/' .. path, 'wb'))
  file:write(text)
  file:close()
end

-- Every file of the application with its bytes.
local function all()
  local files = {}
  local function skip(folder)
    return folder ~= 'node_modules'
  end
  for name, type in vim.fs.dir(here, { depth = 20, skip = skip }) do
    if type == 'file' then
      files[name] = read(here .. '/' .. name)
    end
  end
  return files
end

-- Names of the files of `before` that are gone or have other bytes.
local function changed(before)
  local names = {}
  for name, bytes in pairs(before) do
    if read(here .. '/' .. name) ~= bytes then
      names[#names + 1] = name
    end
  end
  table.sort(names)
  return table.concat(names, ' ')
end

local function is_there(name)
  return vim.uv.fs_stat(here .. '/' .. name) ~= nil
end

-- One undo in every buffer that the conversion changed.
local function undo_once()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].buftype == '' and vim.b[buffer].changedtick > 2 then
      vim.api.nvim_buf_call(buffer, function()
        vim.cmd('silent! undo')
      end)
    end
  end
end

-- Converts what is under the cursor and saves everything.
local function convert(choice, done)
  local offered = menu('LspRoutewrightConvert', choice)
  wait(done, 10000)
  -- the text arrives in buffers with the file
  wait(function()
    return vim.iter(vim.api.nvim_list_bufs()):any(function(buffer)
      return vim.bo[buffer].modified
    end)
  end, 2000)
  vim.cmd('silent wall')
  return offered
end

local function no_modified()
  return not vim.iter(vim.api.nvim_list_bufs()):any(function(buffer)
    return vim.bo[buffer].modified
  end)
end

local function indexed()
  return wait(function()
    return menu('LspRoutewrightEndpoints', nil, 100):find('POST addItem', 1, true) ~= nil
  end)
end

local action = { 'actions/cart.ts', 'addItem(' }
local request = { 'app/(shop)/_components/reviews.tsx', "'/api/reviews/'", 3 }

local scenarios = {}

function scenarios.tour()
  local start = vim.uv.hrtime()
  go(unpack(request))
  local shown = hover()
  io.stdout:write(('time cold start to first hover %d\n'):format((vim.uv.hrtime() - start) / 1e6))
  check('hover on a fetch URL', shown:find('DELETE', 1, true) and shown:find('/api/reviews/[id]', 1, true), shown)
  go(unpack(request))
  jump('definition from a fetch URL', 'app/api/reviews/[id]/route.ts:4')
  go('app/(shop)/_components/buy-box.tsx', 'addToCart,')
  jump('definition from an action in a hook', 'actions/cart.ts:14')

  check('endpoints, all of the workspace', indexed(), table.concat(titles or {}, '\n'))
  local few = menu('LspRoutewrightEndpoints DELETE reviews', 'DELETE /api/reviews/[id]')
  check('endpoints that fit', few:find('^DELETE /api/reviews/%[id%]  app/api/reviews/%[id%]/route.ts:4'), few)
  check('go to an endpoint', wait(function()
    return where() == 'app/api/reviews/[id]/route.ts:4'
  end, 3000), where())

  go(unpack(action))
  -- the pages that carry it are found behind everything else
  wait(function()
    shown = hover()
    return shown:find('/product', 1, true)
  end)
  for _, needle in ipairs({ 'POST', '/product/[slug]', 'Server Action', 'revalidates' }) do
    check('hover on an action: ' .. needle, shown:find(needle, 1, true), shown)
  end
  go(unpack(action))
  local callers = 'app/(shop)/_components/buy-box.tsx:14 app/(shop)/_components/buy-box.tsx:21'
  local rows = listed(function()
    vim.lsp.buf.references({ includeDeclaration = false })
  end)
  check('references of an action', rows == callers, rows)
  go('app/api/reviews/[id]/route.ts', 'DELETE')
  rows = listed(function()
    vim.lsp.buf.references({ includeDeclaration = false })
  end)
  check('references of a handler', rows == 'app/(shop)/_components/reviews.tsx:27', rows)

  -- lenses: on by a setting, drawn when a buffer is entered
  go(unpack(action))
  local buffer, lenses = vim.api.nvim_get_current_buf(), nil
  wait(function()
    vim.lsp.codelens.refresh({ bufnr = buffer })
    vim.wait(50)
    lenses = vim.lsp.codelens.get(buffer)
    return #lenses > 0
  end, 8000)
  local lens = vim.iter(lenses or {}):find(function(one)
    return one.range.start.line == 13
  end)
  local title = vim.tbl_get(lens or {}, 'command', 'title') or ''
  check('code lens', title:find('POST', 1, true) and title:find('2 callers', 1, true), title)
  rows = listed(vim.lsp.codelens.run)
  check('code lens opens the callers', rows == callers, rows)

  go('app/api/products/[slug]/route.ts', 'DELETE')
  vim.cmd('LspRoutewrightCopyAsCurl')
  wait(function()
    return vim.fn.getreg('+') ~= ''
  end, 3000)
  local copied = vim.fn.getreg('+')
  check('copied as curl', copied:find('\ncurl ', 1, true) and copied:find('-X DELETE', 1, true), copied)
  check('copying opens nothing', where() == 'app/api/products/[slug]/route.ts:39', where())

  -- outside the editor: a new handler, another method, a handler less
  write('app/api/stars/route.ts', 'export async function GET() {\n  return Response.json(5);\n}\n')
  check('a file made outside is seen', wait(function()
    return menu('LspRoutewrightEndpoints stars'):find('GET /api/stars', 1, true) ~= nil
  end), table.concat(titles or {}, '\n'))
  vim.uv.fs_unlink(here .. '/app/api/stars/route.ts')
  check('a file removed outside is seen', wait(function()
    titles = nil
    vim.cmd('LspRoutewrightEndpoints stars')
    vim.wait(300)
    return not table.concat(titles or {}, '\n'):find('/api/stars', 1, true)
  end))
  local function tests_health()
    vim.cmd('checkhealth routewright')
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  end
  local report = tests_health()
  check('checkhealth', report:find('attached in', 1, true) and report:find('routewright 0', 1, true) and not report:find('ERROR', 1, true), report)
  vim.cmd('silent! bwipeout')
  vim.cmd('helptags ALL')
  vim.cmd('help routewright')
  check('help', vim.fn.expand('%:t') == 'routewright.txt' and vim.fn.expand('<cword>') ~= '', vim.fn.expand('%'))
end

function scenarios.there_and_back()
  local before = all()
  go(unpack(action))
  indexed()
  local offered = convert('Convert to Route Handler', function()
    return is_there('app/api/add-item/client.ts')
  end)
  check('conversions are offered', offered:find('Convert to Route Handler', 1, true), offered)
  local route = read(here .. '/app/api/add-item/route.ts') or ''
  check('action → route: the new file is on disk', route:find('export async function POST', 1, true), route)
  check('… and ends as a file does', route:find('[^\n]\n$') ~= nil, route:sub(-20))
  local edited = changed(before)
  check('… its callers and the old file, too', edited == 'actions/cart.ts app/(shop)/_components/buy-box.tsx', edited)
  check('… and everything is saved', no_modified())

  go('app/api/add-item/route.ts', 'POST')
  local new = hover()
  check('the new handler is known at once', new:find('/api/add-item', 1, true), where() .. ' ' .. new)
  go('app/api/add-item/route.ts', 'POST')
  offered = convert('to a Server Action', function()
    return not is_there('app/api/add-item/route.ts')
  end)
  check('the way back is offered', offered:find('to a Server Action', 1, true), offered)
  local made = read(here .. '/app/actions/add-item.ts') or ''
  check('route → action: the new file is on disk', made:find('export async function addItem', 1, true), made)
  check('… the handler is gone', not is_there('app/api/add-item/route.ts') and not is_there('app/api/add-item/client.ts'))
  local box = read(here .. '/app/(shop)/_components/buy-box.tsx') or ''
  check('… its caller takes the action', box:find("from '@/app/actions/add-item'", 1, true), box:sub(1, 300))

  -- what can't be converted says so
  vim.cmd('messages clear')
  go('actions/cart.ts', 'setQuantity(')
  menu('LspRoutewrightConvert', 'Convert to Route Handler')
  check('a refusal is said', wait(function()
    return vim.fn.execute('messages'):find('Not converted', 1, true) ~= nil
  end, 5000), vim.fn.execute('messages'))
end

function scenarios.undo()
  local before = all()
  go(unpack(action))
  indexed()
  convert('Convert to Route Handler', function()
    return is_there('app/api/add-item/client.ts')
  end)
  local edited = changed(before)
  check('converted and saved', edited == 'actions/cart.ts app/(shop)/_components/buy-box.tsx', edited)
  undo_once()
  vim.cmd('silent wall')
  check('one undo a file restores every byte', changed(before) == '', changed(before))
  -- and the server goes on from there
  go(unpack(action))
  check('hover after undo', hover():find('POST', 1, true))
  local again = convert('Convert to Route Handler', function()
    return false
  end)
  check('a file that is there is not written over', again ~= '' , again)
end

-- The server's processes in this folder, as Linux lists them.
local function servers()
  local found = {}
  for pid in vim.fs.dir('/proc') do
    local arguments = pid:match('^%d+$') and read('/proc/' .. pid .. '/cmdline') or ''
    if vim.startswith(arguments, here .. '/node_modules/.bin/routewright\0') then
      found[#found + 1] = tonumber(pid)
    end
  end
  return found
end

function scenarios.killed()
  go(unpack(action))
  indexed()
  -- what isn't saved: it has to be in the new server, too
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.iter(vim.api.nvim_buf_get_lines(0, 0, -1, false)):map(function(line)
    return (line:gsub('addItem%(', 'addThing('))
  end):totable())
  local before = client().id
  for round = 1, 4 do
    local pids = servers()
    check('one server runs', #pids == 1, #pids)
    for _, pid in ipairs(pids) do
      vim.uv.kill(pid, 'sigkill')
    end
    if round == 4 then
      break
    end
    local back = wait(function()
      local now = client()
      return now and now.id ~= before and now.initialized
    end)
    check('killed, it comes back', back)
    before = client() and client().id
    vim.fn.search('addThing(')
    local shown = hover()
    check('and knows what is unsaved', shown:find('addThing', 1, true), shown)
  end
  check('but not for ever', wait(function()
    return vim.fn.execute('messages'):find('and stays so', 1, true) ~= nil
  end, 5000), vim.fn.execute('messages'))
  check('and none is left', #servers() == 0, #servers())
  vim.cmd('edit!')
  check('until somebody wants it', wait(function()
    return client() and client().initialized
  end, 5000))
end

local ran, problem = xpcall(scenarios[vim.env.SCENARIO], debug.traceback)
if not ran then
  check('the script itself', false, problem)
end
io.stdout:write(('done %s\n'):format(failed and vim.fn.execute('messages') or ''))
vim.cmd('qall!')
