import dynamic from 'next/dynamic';

const Later = dynamic(() => import('@/components/dynamic-server').then((module) => module.DynamicServer));

export default function Page() {
  return <Later />;
}
