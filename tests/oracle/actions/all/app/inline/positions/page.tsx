import { Send } from '@/components/send';
import { wrap } from '@/lib/wrap';

export const dynamic = 'force-dynamic';

const exported = async (a: string) => {
  'use server';
  return a;
};

async function atTheTop(a: string) {
  'use server';
  return a;
}

function factory(prefix: string) {
  return async (a: string) => {
    'use server';
    return prefix + a;
  };
}

const inArray = [
  async () => {
    'use server';
    return 'first';
  },
  async () => {
    'use server';
    return 'second';
  },
];

const inObject = {
  property: async (a: string) => {
    'use server';
    return a;
  },
  expression: async function (a: string, b: string) {
    'use server';
    return a + b;
  },
};

const wrapped = wrap(async (a: string) => {
  'use server';
  return a;
});

const chosen = process.env.NODE_ENV === 'production'
  ? async () => {
      'use server';
      return 'production';
    }
  : async () => {
      'use server';
      return 'development';
    };

function withDefault(
  action = async (a: string) => {
    'use server';
    return a;
  },
) {
  return action;
}

const called = (() => {
  async function inCall(a: string) {
    'use server';
    return a;
  }
  return inCall.bind(null, 'bound');
})();

export default function Page() {
  return (
    <Send
      actions={[exported, atTheTop, factory('x'), ...inArray, ...Object.values(inObject), wrapped, chosen, withDefault(), called]}
    />
  );
}
