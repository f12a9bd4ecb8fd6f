export function Panel() {
  async function inPanel(form: FormData) {
    'use server';
    form.get('a');
  }

  return <form action={inPanel} />;
}
