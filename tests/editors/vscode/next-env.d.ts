// In the place of what `next dev` writes: as much of the packages' types as TypeScript needs to find nothing
// wrong with the files that are opened here. Nothing is installed for that.

declare module 'react' {
  export type ReactNode = unknown;
  export function useActionState<S>(
    action: (state: S, payload: any) => S | Promise<S>,
    initial: S,
  ): [state: S, dispatch: (payload?: any) => void, pending: boolean];
  export function useActionState(action: any, initial: any): [state: any, dispatch: any, pending: boolean];
  export function useEffect(effect: () => void, dependencies?: unknown[]): void;
  export function useRef<T>(initial: T): { current: T };
  export function useTransition(): [pending: boolean, start: (work: () => void) => void];
}

declare module 'react/jsx-runtime' {
  export namespace JSX {
    interface IntrinsicElements {
      [name: string]: any;
    }
    interface IntrinsicAttributes {
      key?: unknown;
    }
  }
}

declare module 'swr' {
  export default function useSWR<T>(key: unknown, fetcher: unknown): { data?: T; mutate(): Promise<void> };
  export function useSWRConfig(): { mutate(key: string): void };
}

declare module 'next/cache' {
  export function revalidatePath(path: string): void;
  export function revalidateTag(tag: string, profile?: string): void;
}

declare module 'next/navigation' {
  export function redirect(path: string): never;
  export function notFound(): never;
  export function useRouter(): any;
}

declare module 'next/headers' {
  export function cookies(): Promise<any>;
  export function headers(): Promise<Headers>;
}

declare module 'next/server' {
  export class NextRequest extends Request {
    nextUrl: URL;
    cookies: any;
  }
  export class NextResponse extends Response {
    cookies: any;
  }
}

declare module 'next';
declare module 'next/link';
declare module 'zod';

type RouteContext<_Path extends string> = { params: Promise<any> };
