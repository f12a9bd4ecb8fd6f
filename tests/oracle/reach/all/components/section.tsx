import { Form } from '@/components/form';

export function Section({ action }: { action: (text: string) => Promise<string> }) {
  return (
    <section>
      <Form action={action} />
    </section>
  );
}
