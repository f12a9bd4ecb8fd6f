import { Send } from '@/components/send';

export const dynamic = 'force-dynamic';

export default function Page({ params }) {
  async function declaration(a, b = 2) {
    "use server"
    return a + b
  }

  return (
    <Send
      actions={[
        declaration,
        async ({ a }) => {
          // a comment before the directive
          "use server"
          return a
        },
        async () => {
          "use strict"
          "use server"
          return params
        },
      ]}
    />
  )
}
