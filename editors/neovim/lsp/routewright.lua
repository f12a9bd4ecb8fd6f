-- Routewright for Neovim 0.11 and newer: copy to ~/.config/nvim/lsp/ and call
-- vim.lsp.enable('routewright'). Attaches in Next.js projects only.
return {
  cmd = { 'routewright', 'lsp' },
  filetypes = { 'typescript', 'typescriptreact', 'javascript', 'javascriptreact' },
  root_dir = function(buffer, on_dir)
    local name = vim.api.nvim_buf_get_name(buffer)
    local app = vim.fs.root(name, { 'next.config.ts', 'next.config.js', 'next.config.mjs', 'next.config.cjs' })
    if not app then
      return -- no Next.js application around this file
    end
    -- A monorepo is one workspace: packages hold endpoints and calls, too.
    on_dir(vim.fs.root(name, { 'pnpm-workspace.yaml', '.git' }) or app)
  end,
  settings = { routewright = { typescriptServer = true } },
}
