'use client';

export function ClientImport() {
  return (
    <button
      onClick={async () => {
        const { clientImport } = await import('@/actions/client-import');
        await clientImport('x');
      }}
    >
      send
    </button>
  );
}
