'use server';

// 15.5.29 with Turbopack takes the type for an action, and doesn't build.
type Kind = 'type';

export async function withTypeList(kind: Kind) {
  return kind;
}

export type { Kind };
