import { Send } from '@/components/send';

export const dynamic = 'force-dynamic';

const object = {
  async method(a: string) {
    'use server';
    return a;
  },
  'quoted name': async (a: string) => {
    'use server';
    return a;
  },
};

class Service {
  static async save(a: string, b: string) {
    'use server';
    return a + b;
  }

  static property = async (a: string) => {
    'use server';
    return a;
  };
}

export default function Page() {
  return <Send actions={[object.method, object['quoted name'], Service.save, Service.property]} />;
}
