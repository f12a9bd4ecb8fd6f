'use server';

export async function lazyServer(text: string) {
  return `lazyServer ${text}`;
}
