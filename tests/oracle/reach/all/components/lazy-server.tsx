import { lazyServer } from '@/actions/lazy-server';
import { Form } from '@/components/form';

export default function LazyServer() {
  return <Form action={lazyServer} />;
}
