-- What editors/neovim/README.md tells people to write, with code lenses on, in both of its spellings; and
-- what the test needs.
local options = { settings = { routewright = { codeLens = true } } }
if vim.fn.has('nvim-0.11') == 1 and vim.env.SCENARIO then
  vim.lsp.config('routewright', options)
  vim.lsp.enable('routewright')
else
  require('routewright').setup(options)
end

vim.o.swapfile = false
-- a clipboard on a machine without one
local kept = {}
local function keep(lines)
  kept = lines
end
local function give()
  return kept
end
vim.g.clipboard = { name = 'kept', copy = { ['+'] = keep, ['*'] = keep }, paste = { ['+'] = give, ['*'] = give } }
